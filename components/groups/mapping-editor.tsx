import clsx from 'clsx'
import Link from 'next/link'
import { ConfirmFirst } from '@/components/settings/confirm-first'
import type { ConfirmState } from '@/components/ui/confirm'
import { roleWords } from '@/components/users/words'
import type { RolePreview } from '@/lib/directory/role-changes'
import type { WantedRole } from './groups-url'
import { MappingForm } from './mapping-form'
import { noMoves, previewLines } from './preview-words'
import { RolePreviewText } from './role-preview'

const choices: WantedRole[] = ['none', 'member', 'manager', 'admin']
const words: Record<WantedRole, string> = { ...roleWords, none: 'No role' }

export type MappingEditorProps = {
  /** The role the group gives now. */
  now: WantedRole
  /** The one whose consequences are looked at; null before one was chosen. */
  wanted: WantedRole | null
  /** Whom it concerns; null where nothing differs from now. */
  preview: RolePreview | null
  /** What `preview` amounts to, for the form: only exactly that is saved. */
  seen: string
  hrefOf: (role: WantedRole) => string
  confirmHref: string
  confirmed: boolean
  action: (state: ConfirmState, form: FormData) => Promise<ConfirmState>
}

/** Which role a group gives: choose one, see by name whom it concerns, then save. Looking is a link and saves nothing. */
export function MappingEditor({
  now,
  wanted,
  preview,
  seen,
  hrefOf,
  confirmHref,
  confirmed,
  action,
}: MappingEditorProps) {
  const idle = wanted === now
  return (
    <>
      <div className="grid justify-items-start gap-3 px-4 py-3">
        <nav aria-label="Role to look at" className="flex flex-wrap rounded-lg border border-border bg-surface p-0.5">
          {choices.map((role) => (
            <Link
              key={role}
              href={hrefOf(role)}
              prefetch={false}
              scroll={false}
              aria-current={role === (wanted ?? now) ? 'true' : undefined}
              className={clsx(
                'inline-flex min-h-7 items-center gap-1.5 rounded-md px-2.5 text-sm font-medium max-sm:min-h-10',
                role === (wanted ?? now) ? 'bg-accent-soft text-accent' : 'text-muted hover:bg-raised hover:text-text',
              )}
            >
              {words[role]}
              {role === now ? <span className="text-xs font-normal">now</span> : null}
            </Link>
          ))}
        </nav>
        {wanted === null ? (
          <p className="text-muted">Choose a role to see whom it would concern. Looking saves nothing.</p>
        ) : (
          <>
            {preview === null ? null : (
              <RolePreviewText
                preview={preview}
                otherwise={noMoves(preview.total, wanted === 'none' ? null : wanted)}
              />
            )}
            {confirmed || idle ? (
              <MappingForm
                key={wanted}
                role={wanted}
                seen={seen}
                idle={idle}
                verb={wanted === 'none' ? 'Stop giving a role' : `Give ${roleWords[wanted]}`}
                danger={preview !== null && previewLines(preview).some(({ loses }) => loses)}
                action={action}
              />
            ) : null}
          </>
        )}
      </div>
      {confirmed || wanted === null || idle ? null : (
        <ConfirmFirst href={confirmHref}>To save this, confirm with Okta who you are.</ConfirmFirst>
      )}
    </>
  )
}
