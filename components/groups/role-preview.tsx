import { roleWords } from '@/components/users/words'
import type { RolePreview } from '@/lib/directory/role-changes'
import { hasRole } from '@/lib/directory/roles'
import { previewLines } from './preview-words'

type Props = { preview: RolePreview /** What is said when nobody's role changes. */; otherwise: string }

/** Whose role would change, by name, before anybody saves. */
export function RolePreviewText({ preview, otherwise }: Props) {
  const lines = previewLines(preview)
  const { own } = preview
  const loses = own && !hasRole(own.to, own.from)
  return (
    <div className="grid gap-2">
      {lines.length === 0 ? (
        <p>{otherwise}</p>
      ) : (
        <ul className="grid gap-1">
          {lines.map(({ text, names, more }) => (
            <li key={text}>
              <strong className="font-semibold">{text}:</strong>{' '}
              {names.map((name, at) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: two people may have one name, and the list never moves.
                <span key={at}>
                  {at > 0 ? ', ' : ''}
                  <bdi>{name}</bdi>
                </span>
              ))}
              {more > 0 ? ` and ${more.toLocaleString('en-US')} more` : ''}
            </li>
          ))}
        </ul>
      )}
      {own && loses ? (
        <p className="rounded-md bg-warn-soft px-3 py-2">
          You are one of them: you become {roleWords[own.to]}
          {hasRole(own.to, 'admin') ? '' : ', and this page closes to you at once'}.
        </p>
      ) : null}
    </div>
  )
}
