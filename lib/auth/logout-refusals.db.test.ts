import { expect, test } from 'vitest'
import { universalLogoutUrl } from './logout-token'
import {
  aud,
  bySub,
  hire,
  okta,
  open,
  porter,
  rabbit,
  revocations,
  send,
  signIn,
  theirs,
  withLogoutBed,
} from './test/logout-bed'

withLogoutBed()

const minute = (minutes: number) => Math.floor(Date.now() / 1000) + 60 * minutes
const b64 = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

const refusals: [string, string, () => Promise<string | null>][] = [
  ['no token', 'missing', async () => null],
  ['a SCIM token', 'malformed', async () => porter.token],
  ['no bearer token', 'malformed', async () => `Basic ${b64('a:b')}`],
  ['another type', 'wrong-type', () => okta.sign({ aud: aud(porter) }, { typ: 'JWT' })],
  ['an ID token’s type', 'wrong-type', () => okta.sign({ aud: aud(porter) }, { typ: '' })],
  ['HS256 with the public key', 'wrong-type', () => okta.sign({ aud: aud(porter) }, { alg: 'HS256' })],
  [
    'alg none',
    'malformed',
    async () =>
      `${b64({ alg: 'none', typ: 'global-token-revocation+jwt' })}.${b64({ iss: okta.issuer, aud: aud(porter) })}.`,
  ],
  ['the other company’s token', 'wrong-issuer', () => theirs.sign({ aud: aud(porter) })],
  [
    'the other company’s token under our issuer’s name',
    'bad-signature',
    () => theirs.sign({ aud: aud(porter), iss: okta.issuer }),
  ],
  [
    'our Okta org’s token signed with the custom server’s key',
    'bad-signature',
    () => okta.sign({ aud: aud(porter), iss: okta.orgIssuer }),
  ],
  [
    'the custom server’s token signed with the org’s key',
    'bad-signature',
    () => okta.sign({ aud: aud(porter), iss: okta.issuer }, { by: 'org' }),
  ],
  [
    'another custom server of our Okta org',
    'wrong-issuer',
    () => okta.sign({ aud: aud(porter), iss: `${okta.orgIssuer}/oauth2/another` }),
  ],
  ['our Okta org with a slash', 'wrong-issuer', () => okta.sign({ aud: aud(porter), iss: `${okta.orgIssuer}/` })],
  [
    'our Okta org in capitals',
    'wrong-issuer',
    () => okta.sign({ aud: aud(porter), iss: okta.orgIssuer.toUpperCase() }),
  ],
  ['no issuer', 'wrong-issuer', () => okta.sign({ aud: aud(porter), iss: undefined })],
  ['another key', 'bad-signature', () => okta.sign({ aud: aud(porter) }, { key: 'other' })],
  ['a token for the other company’s endpoint', 'wrong-audience', () => okta.sign({ aud: aud(rabbit) })],
  ['no audience', 'wrong-audience', () => okta.sign({})],
  ['two audiences', 'wrong-audience', () => okta.sign({ aud: [aud(porter), aud(rabbit)] })],
  ['an expired token', 'expired', () => okta.sign({ aud: aud(porter), exp: minute(-2) })],
  ['a token not valid yet', 'expired', () => okta.sign({ aud: aud(porter), nbf: minute(3) })],
  [
    'an old token that says it never ends',
    'expired',
    () => okta.sign({ aud: aud(porter), iat: minute(-8), exp: minute(999) }),
  ],
  ['a token from the future', 'expired', () => okta.sign({ aud: aud(porter), iat: minute(5) })],
  ['no jti', 'incomplete', () => okta.sign({ aud: aud(porter), jti: undefined })],
  ['a jti as long as a book', 'incomplete', () => okta.sign({ aud: aud(porter), jti: 'x'.repeat(500) })],
  ['no exp', 'incomplete', () => okta.sign({ aud: aud(porter), exp: undefined })],
  ['no nbf', 'incomplete', () => okta.sign({ aud: aud(porter), nbf: undefined })],
  ['no iat', 'incomplete', () => okta.sign({ aud: aud(porter), iat: undefined })],
  ['no sub', 'incomplete', () => okta.sign({ aud: aud(porter), sub: undefined })],
]
test.each(refusals)('%s → 401, the reason (%s) in the log, nothing ended', async (_name, reason, make) => {
  const person = await hire()
  await signIn(person)
  const answer = await send(porter, await make(), { sub_id: bySub(person) })
  expect(answer.status).toBe(401)
  expect(await answer.json()).toEqual({ error: 'The token of this request is not valid here.' })
  expect(answer.headers.get('www-authenticate')).toMatch(/^Bearer/)
  expect(await open(person)).toBe(1)
  const noted = async () =>
    (await revocations(porter)).find((e) => e.outcome === 'blocked' && e.error?.scimType === reason)
  await expect.poll(noted).toMatchObject({ actorKind: 'anonymous', targetId: null })
})

test('a connection to the Okta org itself takes no custom server’s word, though it is of the same origin', async () => {
  const person = await hire(rabbit)
  await signIn(person)
  const jwt = await theirs.sign({ aud: aud(rabbit), iss: `${theirs.issuer}/oauth2/default` })
  expect((await send(rabbit, jwt, { sub_id: bySub(person) })).status).toBe(401)
  expect(await open(person)).toBe(1)
})

test('an org that does not exist answers as one whose token is wrong', async () => {
  const jwt = await okta.sign({ aud: universalLogoutUrl('no-such-org') })
  const [nobody, wrong] = [await send('no-such-org', jwt, {}), await send(porter, jwt, {})]
  expect(nobody.status).toBe(401)
  expect(await nobody.text()).toBe(await wrong.text())
})
