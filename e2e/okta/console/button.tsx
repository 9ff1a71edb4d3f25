/** @jsxImportSource hono/jsx */

type PostButtonProps = {
  action: string
  text: string
  label?: string
  fields?: Record<string, string>
  kind?: 'primary' | 'plain' | 'danger'
}

/** A button that is a form of its own: it posts, the page comes back with what was done. */
export function PostButton({ action, text, label, fields = {}, kind = 'primary' }: PostButtonProps) {
  return (
    <form method="post" action={action}>
      {Object.entries(fields).map(([name, value]) => (
        <input key={name} type="hidden" name={name} value={value} />
      ))}
      <button class={`button ${kind === 'primary' ? '' : `button-${kind}`}`} type="submit" aria-label={label}>
        {text}
      </button>
    </form>
  )
}
