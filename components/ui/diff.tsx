import { type Change, changeText, shortPath } from './diff-text'

/** What changed, by SCIM path: what was struck out, what is marked as new. */
export function Diff({ changes, dense = false }: { changes: Change[]; dense?: boolean }) {
  return (
    <dl className={dense ? 'grid gap-y-1 text-xs' : 'divide-y divide-border text-sm'}>
      {changes.map((change) => (
        <ChangeRow key={change.path} change={change} dense={dense} />
      ))}
    </dl>
  )
}

function ChangeRow({ change, dense }: { change: Change; dense: boolean }) {
  const { path, before, after } = changeText(change)
  return (
    <div className={dense ? 'flex flex-wrap gap-x-2' : 'grid gap-x-4 px-4 py-2 sm:grid-cols-[16rem_1fr]'}>
      <dt className="font-mono text-xs leading-5 text-muted" title={path}>
        {shortPath(path)}
      </dt>
      <dd className="flex min-w-0 flex-wrap gap-x-2 gap-y-1 font-mono text-xs leading-5">
        {before === null ? null : (
          <del className="rounded bg-fail-soft px-1 text-fail">
            <span aria-hidden="true">− </span>
            <span className="sr-only">was </span>
            {before}
          </del>
        )}
        {after === null ? (
          <span className="text-muted">removed</span>
        ) : (
          <ins className="rounded bg-ok-soft px-1 text-ok">
            <span aria-hidden="true">+ </span>
            <span className="sr-only">is </span>
            {after}
          </ins>
        )}
      </dd>
    </div>
  )
}
