import fc from 'fast-check'
import { groupMembers, groups, users } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { newId } from '@/lib/ids'
import { groupResource, userResource } from '@/lib/scim/resource'
import { ENTERPRISE_SCHEMA } from '@/lib/scim/schemas/enterprise-user'
import { foldKey } from '@/lib/scim/text'
import { settleUser } from '@/lib/scim/user'

export const SEED = 20_261_123
export const BASE = 'https://rollcall.example/scim/v2/porter'

// Everything that folds, matches or sorts oddly somewhere.
export const WORDS = [
  'a',
  'A',
  'ab',
  'aB%',
  'a_b',
  'a\\b',
  'a"b',
  "a'b",
  'straße',
  'STRASSE',
  'STRAẞE',
  'ΣΑΣ',
  'σας',
  'Σ',
  'ς',
  'İ',
  'i',
  'I',
  'ı',
  'é',
  'e\u0301',
  'É',
  'ﬁ',
  'FI',
  'fi',
  'K',
  'k',
  'Å',
  'å',
  'ǅ',
  'ǆ',
  '😀',
  '\uffff',
  'ﬀ',
  '1',
  'true',
  'null',
  'work',
  'home',
  '^a.*$',
  'ŉ',
  'a b',
  'b',
  'ab@x.example',
  'AB@X.EXAMPLE',
  'ΐ',
  'ΐ',
  'ᾳ',
  'ΑΙ',
  'ǰ',
  '\u0345',
  'ά\u0345',
  'ᏸ',
  'Ꮰ',
  'ꭰ',
]
const word = fc.constantFrom(...WORDS)
const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 })
const element = fc.record({
  value: maybe(word),
  type: maybe(fc.constantFrom('work', 'home', 'Work')),
  display: maybe(word),
})
const list = maybe(fc.array(element, { maxLength: 3 }))
const person = fc.record({
  displayName: maybe(word),
  title: maybe(word),
  nickName: maybe(word),
  externalId: maybe(word),
  profileUrl: maybe(word),
  active: fc.boolean(),
  name: maybe(fc.record({ givenName: maybe(word), familyName: maybe(word), formatted: maybe(word) })),
  emails: list,
  phoneNumbers: list,
  roles: list,
  primary: fc.nat(4),
  [ENTERPRISE_SCHEMA]: maybe(
    fc.record({ department: maybe(word), manager: maybe(fc.record({ value: maybe(word), displayName: maybe(word) })) }),
  ),
})

type Resource = Record<string, unknown>

/** Sixty odd people in twelve groups, as rows and as the resources those rows are; the ids and keys among them. */
export async function fillWithOddPeople(
  orgId: string,
): Promise<{ everyone: Resource[]; teams: Resource[]; values: string[] }> {
  const drawn = fc.sample(person, { seed: SEED, numRuns: 60 })
  const rows = drawn.map(({ primary, ...each }, i) => {
    const emails = each.emails?.map((email, k) => (k === primary ? { ...email, primary: true } : email))
    const externalId = each.externalId === undefined ? {} : { externalId: `${each.externalId}${i % 7}${i}` }
    // As JSON, the way it comes in: keys without a value are gone.
    const doc = JSON.parse(
      JSON.stringify({ ...each, emails, ...externalId, userName: `${WORDS[i % WORDS.length]}.${i}` }),
    )
    const attributes = settleUser(doc)
    const createdAt = new Date(Date.UTC(2026, 0, 1 + (i % 9), 0, 0, 0, i))
    return {
      orgId,
      id: newId(),
      userName: attributes.userName,
      userNameKey: foldKey(attributes.userName),
      externalId: attributes.externalId ?? null,
      active: attributes.active,
      source: 'okta' as const,
      displayName: 'shown',
      attributes,
      role: 'member' as const,
      roleReasons: [],
      createdAt,
      updatedAt: new Date(createdAt.getTime() + i * 3_600_000),
    }
  })
  const groupRows = WORDS.slice(0, 12).map((displayName, i) => ({
    orgId,
    id: newId(),
    displayName: `${displayName}${i}`,
    displayNameKey: foldKey(`${displayName}${i}`),
    externalId: i % 3 === 0 ? null : displayName,
    version: 1 + (i % 3),
    createdAt: new Date(Date.UTC(2026, 0, 1 + i)),
    updatedAt: new Date(Date.UTC(2026, 1, 1 + i)),
  }))
  const members = rows.flatMap((row, i) =>
    groupRows
      .filter((_, k) => (i + k) % 5 === 0 && k > 1)
      .map((group) => ({ orgId, groupId: group.id, userId: row.id })),
  )
  await withOrg(orgId, async (tx) => {
    await tx.insert(users).values(rows)
    await tx.insert(groups).values(groupRows)
    await tx.insert(groupMembers).values(members)
  })
  const everyone = rows.map((row) => {
    const mine = members
      .filter((each) => each.userId === row.id)
      .map((each) => groupRows.find((g) => g.id === each.groupId))
    const stored = { id: row.id, created: row.createdAt, modified: row.updatedAt, version: 'W/"1"' }
    const shown = mine.flatMap((g) => (g ? [{ value: g.id, display: g.displayName }] : []))
    return userResource({ ...stored, attributes: row.attributes, groups: shown }, BASE)
  })
  const teams = groupRows.map((row) => {
    const stored = { id: row.id, created: row.createdAt, modified: row.updatedAt, version: `W/"${row.version}"` }
    const mine = members
      .filter((each) => each.groupId === row.id)
      .map((each) => ({ value: each.userId, display: 'shown' }))
    const { displayName, externalId } = row
    return groupResource({ ...stored, attributes: { displayName, externalId }, members: mine }, BASE)
  })
  const values = [
    ...rows.map((row) => row.id),
    ...groupRows.map((row) => row.id),
    ...rows.flatMap((row) => row.externalId ?? []),
  ]
  return { everyone, teams, values }
}
