type Props = {
  /** The menus on the way there. */
  path: readonly string[]
  /** What the form there has, and what belongs in it. */
  fields: readonly (readonly [label: string, value: string])[]
}

/** A plain drawing of a form in the identity provider's console: which menu, which field, which value. */
export function Drawing({ path, fields }: Props) {
  return (
    <figure className="m-4 overflow-hidden rounded-md border border-border bg-raised">
      <figcaption className="border-b border-border px-3 py-1.5 text-xs text-muted">
        {path.map((menu, at) => (
          <span key={menu}>
            {at > 0 ? <span aria-hidden="true"> › </span> : null}
            <span className="font-medium">{menu}</span>
          </span>
        ))}
      </figcaption>
      <dl className="grid gap-2 p-3">
        {fields.map(([label, value]) => (
          <div key={label} className="grid gap-x-4 gap-y-0.5 sm:grid-cols-[14rem_1fr]">
            <dt className="text-xs text-muted sm:pt-1">{label}</dt>
            <dd className="min-w-0 rounded border border-control bg-surface px-2 py-0.5 text-sm break-words">
              {value}
            </dd>
          </div>
        ))}
      </dl>
    </figure>
  )
}
