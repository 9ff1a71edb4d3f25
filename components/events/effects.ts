import { counted } from '@/components/ui/format'
import type { EventView } from '@/lib/events/view'

/** What followed from an event, one sentence each. `told`: until the last open tab knew, in ms; null: not measured. */
export function effectTexts(effects: EventView['effects'], told: { ms: number } | null): string[] {
  if (!effects) return []
  const { sessionsEnded = 0, roleBefore, roleAfter, linkCleared, lastOwnerLeft } = effects
  const { outsideDomain, heldForReview } = effects
  const { membersAdded = 0, membersRemoved = 0, groupsLeft = 0, roleMoves = [] } = effects
  return [
    ...(sessionsEnded > 0 ? [endedText(sessionsEnded, told)] : []),
    ...(membersAdded > 0 ? [`${counted(membersAdded, 'person', 'people')} came into the group.`] : []),
    ...(membersRemoved > 0 ? [`${counted(membersRemoved, 'person', 'people')} left the group.`] : []),
    ...(groupsLeft > 0 ? [`The person left ${counted(groupsLeft, 'group')}.`] : []),
    ...roleMoves.map(({ from, to, n }) => `${counted(n, 'person', 'people')} went from ${from} to ${to}.`),
    ...(roleAfter && roleAfter !== roleBefore ? [roleText(roleBefore, roleAfter)] : []),
    ...(linkCleared ? ['The link to the Okta account was cleared; the next sign-in makes a new one.'] : []),
    ...(lastOwnerLeft
      ? ['The last owner left. Okta decides who leaves, so it was done; a recovery link makes a new owner.']
      : []),
    ...(heldForReview ? ['The connection is pending: the person cannot sign in until an admin lets them in.'] : []),
    ...(outsideDomain
      ? [`The address is outside the verified domains (${outsideDomain}). The domain policy only warns about it.`]
      : []),
  ]
}

const roleText = (before: string | undefined, after: string) =>
  before ? `The role went from ${before} to ${after}.` : `The role is ${after}.`

const endedText = (n: number, told: { ms: number } | null) =>
  `${counted(n, 'session')} ended, ${told ? `last tab told after ${told.ms} ms` : 'until the last tab was told: not measured'}.`
