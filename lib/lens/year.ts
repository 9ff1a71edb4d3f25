export const lenses = ['oidc', 'scim', 'both'] as const
export type LensName = (typeof lenses)[number]

/** The lens somebody asked for by name; the first for anything else. */
export const readLens = (asked: unknown): LensName => lenses.find((each) => each === asked) ?? 'oidc'

export const lensWords: Record<LensName, { label: string; verdict: string }> = {
  oidc: {
    label: 'OIDC only',
    verdict: 'John left in September. Until his session runs out, he is still reading.',
  },
  scim: {
    label: 'SCIM only',
    verdict: 'The list of people is always right, and nobody on it can come in.',
  },
  both: {
    label: 'Both',
    verdict: 'Here before his first day, gone the moment he leaves, the same John when he returns.',
  },
}

export const moments = ['hired', 'signs-in', 'promoted', 'leaves', 'still-there', 'returns'] as const
export type MomentId = (typeof moments)[number]
export type Tone = 'good' | 'bad' | 'quiet'
type Moment = { id: MomentId; when: string; what: string } & Record<LensName, { tone: Tone; says: string }>

/** John’s year, and what an app knows of it in each of the three ways. */
export const year: readonly Moment[] = [
  {
    id: 'hired',
    when: 'January',
    what: 'Porter hires John. HR adds him in Okta.',
    oidc: { tone: 'quiet', says: 'The app hears nothing: he is not in its list.' },
    scim: { tone: 'good', says: 'Okta adds him: POST /Users. He is in the list before his first day.' },
    both: { tone: 'good', says: 'Okta adds him: POST /Users. He is in the list before his first day.' },
  },
  {
    id: 'signs-in',
    when: 'February',
    what: 'His first day. He opens the app.',
    oidc: { tone: 'good', says: 'He signs in at Okta. The app makes an account for him there and then (JIT).' },
    scim: { tone: 'bad', says: 'There is an account and no door: signing in is refused.' },
    both: { tone: 'good', says: 'He signs in at Okta and lands on the account Okta made: sub equals externalId.' },
  },
  {
    id: 'promoted',
    when: 'May',
    what: 'He becomes a manager. HR changes it in Okta.',
    oidc: { tone: 'bad', says: 'The app hears nothing. An admin has to remember to change the role here too.' },
    scim: { tone: 'quiet', says: 'His role changes at once. He cannot come in to notice.' },
    both: { tone: 'good', says: 'His role changes at once. The team’s page opens in the session he has.' },
  },
  {
    id: 'leaves',
    when: 'September',
    what: 'He leaves. HR deactivates him in Okta.',
    oidc: {
      tone: 'bad',
      says: 'The app hears nothing. Okta would not sign him in again, but nobody ends what is open.',
    },
    scim: { tone: 'good', says: 'Okta says active false. The account is closed in the same second.' },
    both: { tone: 'good', says: 'Okta says active false. His session ends in the same commit.' },
  },
  {
    id: 'still-there',
    when: 'a minute later',
    what: 'His laptop at home is still signed in. He presses reload.',
    oidc: { tone: 'bad', says: '200. The forgotten leaver reads on.' },
    scim: { tone: 'quiet', says: 'There was never a session to forget.' },
    both: { tone: 'good', says: 'The session is gone: his page asks him to sign in.' },
  },
  {
    id: 'returns',
    when: 'December',
    what: 'Porter hires him back.',
    oidc: {
      tone: 'quiet',
      says: 'He signs in again and finds the account he had, with the role nobody ever looked at.',
    },
    scim: { tone: 'good', says: 'active true on the same id. Still no door.' },
    both: { tone: 'good', says: 'active true on the same id. He signs in as the same John.' },
  },
]
