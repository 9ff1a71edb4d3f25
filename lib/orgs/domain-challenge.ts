import type { TxtAnswer } from './dns'
import { shownDomain } from './domain-name'

/** What the last look-up of a claim's record came to. `taken`: proved, but another organization has the domain. */
export type ChallengeResult = 'ok' | 'missing' | 'wrong' | 'unreachable' | 'taken'

const PREFIX = 'rollcall-domain-verification='

/** Where the record goes: a name of its own, so that it stands in nobody's way. */
export const challengeName = (domain: string): string => `_rollcall-challenge.${domain}`

/** What the record says. */
export const challengeValue = (token: string): string => `${PREFIX}${token}`

/** What an answer of the name server says about a claim. Other records at the name do not matter. */
export function judgeRecord(answer: TxtAnswer, token: string): ChallengeResult {
  if (answer.kind !== 'found') return answer.kind
  const values = answer.values.map((value) => value.trim())
  if (values.includes(challengeValue(token))) return 'ok'
  return values.some((value) => value.startsWith(PREFIX)) ? 'wrong' : 'missing'
}

/** How a check is told: what changed nothing is skipped, what was refused is failed. */
export function outcomeOf(result: ChallengeResult, changed: boolean): 'success' | 'failed' | 'skipped' {
  if (!changed) return 'skipped'
  return result === 'ok' ? 'success' : 'failed'
}

/** The result of a check for the admin: what was found and what to do. `verified`: it was proved before. */
export function checkSentence(result: ChallengeResult, domain: string, verified: boolean): string {
  const name = challengeName(domain)
  switch (result) {
    case 'ok':
      return `The record is there: ${shownDomain(domain)} is yours.`
    case 'missing':
      return verified
        ? `The record at ${name} is gone. The domain stays verified; put the record back or release the domain.`
        : `There is no such record at ${name} yet. A new record can take minutes, sometimes hours, to be seen.`
    case 'wrong':
      return `The record at ${name} has another value. Copy the value again and replace it.`
    case 'unreachable':
      return `The name servers of ${shownDomain(domain)} did not answer. Nothing was changed; try again in a minute.`
    case 'taken':
      return `${shownDomain(domain)} is proved, but another organization here has it. It has to release it first.`
  }
}
