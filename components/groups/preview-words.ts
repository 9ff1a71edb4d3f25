import { counted } from '@/components/ui/format'
import { roleWords } from '@/components/users/words'
import type { RolePreview } from '@/lib/directory/role-changes'
import { hasRole } from '@/lib/directory/roles'

type Move = RolePreview['byRole'][number]
export type PreviewLine = { text: string; names: string[]; more: number; loses: boolean }

const SHOWN = 6

const isLoss = ({ from, to }: Pick<Move, 'from' | 'to'>) => hasRole(from, to)

function lineText({ from, to, n }: Move): string {
  if (!isLoss({ from, to })) {
    const head = `${counted(n, 'person becomes', 'people become')} ${roleWords[to]}`
    return from === 'member' ? head : `${head}, now ${roleWords[from]}`
  }
  const then = n === 1 ? 'becomes' : 'become'
  return `${counted(n, 'person loses', 'people lose')} ${roleWords[from]} and ${then} ${roleWords[to]}`
}

/** Who gains and who loses what, a line for each way a role goes: "3 people become Admin", with the first names. */
export function previewLines({ byRole, people }: Pick<RolePreview, 'byRole' | 'people'>): PreviewLine[] {
  const lines = byRole.map((move) => {
    const alike = people.filter(({ from, to }) => from === move.from && to === move.to)
    const names = alike.slice(0, SHOWN).map(({ name }) => name)
    return { text: lineText(move), names, more: move.n - names.length, loses: isLoss(move) }
  })
  return [...lines.filter(({ loses }) => !loses), ...lines.filter(({ loses }) => loses)]
}

/** The same as one text, for a form that asks. */
export const previewText = (preview: Pick<RolePreview, 'byRole' | 'people'>): string =>
  previewLines(preview)
    .map(({ text, names, more }) => {
      // Isolated, so that a name written from right to left does not turn the sentence round.
      const shown = names.map((name) => `\u2068${name}\u2069`).join(', ')
      return `${text}: ${shown}${more > 0 ? ` and ${more.toLocaleString('en-US')} more` : ''}.`
    })
    .join(' ')

/** Why a mapping would change nobody's role now. */
export function noMoves(total: number, role: keyof typeof roleWords | null): string {
  if (total === 0) {
    return role
      ? `Nobody is in this group yet. Whoever Okta puts into it becomes ${roleWords[role]}.`
      : 'Nobody is in this group, so nobody’s role changes.'
  }
  return role
    ? `Nobody’s role changes now: everybody in it has ${roleWords[role]} or more from elsewhere.`
    : 'Nobody’s role changes: what this group gives they have from elsewhere, too.'
}
