import type { LensName, MomentId } from './year'
import type { Played, PlayedYear, Visit } from './year-run'

type Claim = readonly [says: string, holds: boolean]

const sent = ({ okta }: Played) => okta.flatMap(({ request }) => request ?? [])
const oktaSays = ({ okta }: Played, name: string) => okta.some((line) => line.name.startsWith(name))
const wrote = (played: Played, method: string, status = 200) =>
  sent(played).some((request) => request.method === method && request.status === status)
const has = ({ rows }: Played, type: string) => rows.some((row) => row.type === type)
const visited = ({ visits }: Played, path: string): Visit | undefined =>
  visits.find(({ asked }) => asked.includes(path))
const me = (played: Played) => visited(played, '/api/me')?.status
const team = (played: Played) => visited(played, '/team')?.status
const sameJohn = ({ moments }: PlayedYear, a: MomentId, b: MomentId) =>
  moments[a].john !== null && moments[a].john.id === moments[b].john?.id

const nothingHeard = (played: Played): Claim[] => [
  ['Okta sent nothing', sent(played).length === 0],
  ['Rollcall’s log has no row', played.rows.length === 0],
]

const noDoor = (played: Played): Claim => ['/api/me answers 401', me(played) === 401]

type Claims = (played: Played, year: PlayedYear) => Claim[]

/** What must have been seen at a moment for its sentence on the page to be true. */
const claims: Record<LensName, Record<MomentId, Claims>> = {
  oidc: {
    hired: (it) => [
      ['Okta’s log has him', oktaSays(it, 'user.lifecycle.create')],
      ...nothingHeard(it),
      ['Rollcall does not know him', it.john === null],
    ],
    'signs-in': (it) => [
      ['An account was made at the door', has(it, 'user.created') && it.john?.active === true],
      ['A session began', has(it, 'signin.succeeded')],
      ['/api/me answers 200', me(it) === 200],
    ],
    promoted: (it) => [
      ...nothingHeard(it),
      ['He is still a member', it.john?.role === 'member'],
      ['The team’s page answers 403', team(it) === 403],
    ],
    leaves: (it) => [
      ['Okta’s log has it', oktaSays(it, 'user.lifecycle.deactivate')],
      ...nothingHeard(it),
      ['He is still active here', it.john?.active === true],
    ],
    'still-there': (it) => [
      ['/api/me answers 200', me(it) === 200],
      [
        'His page opens',
        visited(it, '/orgs/')?.status === 200 && visited(it, '/orgs/')?.ended === visited(it, '/orgs/')?.asked,
      ],
    ],
    returns: (it, year) => [
      ['He signed in', has(it, 'signin.succeeded') && me(it) === 200],
      ['The account he had', sameJohn(year, 'signs-in', 'returns')],
      ['The role he had', it.john?.role === year.moments['signs-in'].john?.role],
    ],
  },
  scim: {
    hired: (it) => [
      ['POST /Users answered 201', wrote(it, 'POST', 201)],
      ['He is in the list', has(it, 'user.created') && it.john?.active === true],
    ],
    'signs-in': (it) => [['Sign-in was refused', has(it, 'signin.refused')], noDoor(it)],
    promoted: (it) => [
      ['PUT answered 200', wrote(it, 'PUT')],
      ['He is a manager', it.john?.role === 'manager'],
      noDoor(it),
    ],
    leaves: (it) => [
      ['PATCH answered 200', wrote(it, 'PATCH')],
      ['The account is closed', has(it, 'user.deactivated') && it.john?.active === false],
    ],
    'still-there': (it) => [noDoor(it)],
    returns: (it, year) => [
      ['PATCH answered 200', wrote(it, 'PATCH')],
      ['Active on the same id', it.john?.active === true && sameJohn(year, 'hired', 'returns')],
      noDoor(it),
    ],
  },
  both: {
    hired: (it) => [
      ['POST /Users answered 201', wrote(it, 'POST', 201)],
      ['He is in the list', has(it, 'user.created') && it.john?.active === true],
    ],
    'signs-in': (it, year) => [
      ['/api/me answers 200', has(it, 'signin.succeeded') && me(it) === 200],
      ['On the account Okta made', !has(it, 'user.created') && sameJohn(year, 'hired', 'signs-in')],
      ['The team’s page answers 403', team(it) === 403],
    ],
    promoted: (it) => [
      ['He is a manager', wrote(it, 'PUT') && it.john?.role === 'manager'],
      ['The team’s page answers 200, without a new sign-in', team(it) === 200 && !has(it, 'signin.succeeded')],
    ],
    leaves: (it) => [
      ['PATCH answered 200', wrote(it, 'PATCH')],
      ['The account is closed', has(it, 'user.deactivated') && it.john?.active === false],
    ],
    'still-there': (it) => [
      noDoor(it),
      ['His page asks him to sign in', visited(it, '/orgs/')?.ended.startsWith('/sign-in/') === true],
    ],
    returns: (it, year) => [
      ['Active on the same id', wrote(it, 'PATCH') && sameJohn(year, 'hired', 'returns')],
      ['He signed in', has(it, 'signin.succeeded') && me(it) === 200],
    ],
  },
}

export type Seen = { says: string; holds: boolean }

/** What was seen at one moment of a year, each with whether it was. */
export const seenAt = (lens: LensName, moment: MomentId, year: PlayedYear): Seen[] =>
  claims[lens][moment](year.moments[moment], year).map(([says, holds]) => ({ says, holds }))
