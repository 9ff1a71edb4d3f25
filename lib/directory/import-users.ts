import 'server-only'
import { and, eq, inArray, isNull } from 'drizzle-orm'
import { users } from '@/db/schema'
import { type Tx, withOrg } from '@/db/tenant'
import { verifiedDomains } from '@/lib/orgs/domains'
import { getOrgIn } from '@/lib/orgs/orgs'
import { diffAttributes } from '@/lib/scim/diff'
import { ScimError } from '@/lib/scim/errors'
import { foldKey } from '@/lib/scim/text'
import { outsideOf } from './domain-policy'
import {
  addPerson,
  deactivatePerson,
  editPerson,
  type ManageContext,
  type Managed,
  reactivatePerson,
} from './manage-users'
import { isManaged } from './managed'
import { type CsvPerson, parsePeopleCsv } from './people-csv'
import { formOf, type PersonForm, parsePersonForm, withForm } from './person-form'
import { attributesOf, type UserRow } from './user-state'

export type ImportLine = { line: number; userName: string; action: 'create' | 'change' | 'skip' | 'error'; why: string }
export type ImportPlan = { lines: ImportLine[]; ignored: string[] }

type Planned = ImportLine & { work?: Work }
type Work = { person: CsvPerson; form: PersonForm; row: UserRow | null }

/** What a file would do, row by row; writes nothing. */
export async function planImport(ctx: ManageContext, text: string): Promise<ImportPlan | { problem: string }> {
  const plan = await planned(ctx, text)
  if ('problem' in plan) return plan
  return { ignored: plan.ignored, lines: plan.lines.map(({ work: _, ...line }) => line) }
}

const AT_ONCE = 4

/**
 * Does what the plan of the same file says now, each person in a commit of their own with its event. What was done in the
 * meantime is planned anew, so the same file twice changes nothing.
 */
export async function applyImport(ctx: ManageContext, text: string): Promise<ImportPlan | { problem: string }> {
  const plan = await planned(ctx, text)
  if ('problem' in plan) return plan
  const lines: ImportLine[] = new Array(plan.lines.length)
  let next = 0
  const worker = async () => {
    for (let i = next++; i < plan.lines.length; i = next++) {
      const each = plan.lines[i]
      if (!each) continue
      const { work, ...line } = each
      const failed = work ? await apply(ctx, work) : null
      lines[i] = failed ? { ...line, action: 'error', why: failed } : line
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, worker))
  return { ignored: plan.ignored, lines }
}

/** The sentence of the refusal, or null. */
async function apply(ctx: ManageContext, { person, form, row }: Work): Promise<string | null> {
  const active = person.active ?? row?.active ?? true
  const saved = row ? await editPerson(ctx, row.id, form, person.role) : await addPerson(ctx, form, person.role ?? null)
  if (!saved.ok) return saved.sentence
  const was = row?.active ?? true
  if (active === was) return null
  const change: (ctx: ManageContext, id: string) => Promise<Managed> = active ? reactivatePerson : deactivatePerson
  const changed = await change(ctx, saved.userId)
  return changed.ok ? null : changed.sentence
}

async function planned(ctx: ManageContext, text: string) {
  const read = parsePeopleCsv(text)
  if ('problem' in read) return read
  const { orgId } = ctx.org
  const { byKey, verified } = await withOrg(orgId, async (tx) => {
    const keys = read.rows.map(({ fields }) => foldKey(fields.userName || fields.email || ''))
    const org = await getOrgIn(tx, orgId)
    const enforced = org?.domainPolicy === 'enforce'
    return { byKey: await byUserName(tx, orgId, keys), verified: enforced ? await verifiedDomains(tx, orgId) : null }
  })
  const lines = [
    ...read.problems.map(
      (each): Planned => ({ line: each.line, userName: each.userName, action: 'error', why: each.message }),
    ),
    ...read.rows.map((person) => planRow(ctx, person, byKey, verified)),
  ].sort((a, b) => a.line - b.line)
  return { lines, ignored: read.ignored }
}

async function byUserName(tx: Tx, orgId: string, keys: string[]): Promise<Map<string, UserRow>> {
  if (keys.length === 0) return new Map()
  const rows = await tx
    .select()
    .from(users)
    .where(and(eq(users.orgId, orgId), isNull(users.deletedAt), inArray(users.userNameKey, keys)))
  return new Map(rows.map((row) => [row.userNameKey, row]))
}

function planRow(
  ctx: ManageContext,
  person: CsvPerson,
  byKey: ReadonlyMap<string, UserRow>,
  verified: string[] | null,
): Planned {
  const userName = person.fields.userName || person.fields.email || ''
  const row = byKey.get(foldKey(userName)) ?? null
  const say = (action: ImportLine['action'], why: string): Planned => ({ line: person.line, userName, action, why })
  if (row && isManaged(row)) return say('skip', 'Okta keeps this profile: it is changed there.')
  if (row?.role === 'owner' && ctx.actorRole !== 'owner') return say('error', 'An owner: only an owner changes owners.')
  // An owner's row of an export says what is so already; made one is somebody by hand only.
  const { role: said, ...unsaid } = person
  if (said === 'owner' && row?.manualRole !== 'owner') return say('error', 'Nobody becomes owner by a file.')
  const asks: CsvPerson = said === 'owner' ? unsaid : person
  const before = row ? attributesOf(row) : null
  const parsed = parsePersonForm({ ...(before ? formOf(before) : {}), ...person.fields, userName })
  if ('errors' in parsed) return say('error', wordsOf(parsed.errors))
  const after = attributesAfter(before, parsed.person)
  if (typeof after === 'string') return say('error', after)
  const outside =
    verified && (!row || row.emailKey !== foldKey(parsed.person.email)) ? outsideOf(after, verified) : null
  if (outside)
    return say(
      'error',
      `${outside.address ?? userName} is not on a verified domain, and this company takes nobody else.`,
    )
  const work: Work = { person: asks, form: parsed.person, row }
  if (!row) return { ...say('create', said ? `as ${said}` : ''), work }
  const paths = diffAttributes(attributesOf(row), after).map(({ path }) => path)
  if (asks.role !== undefined && asks.role !== row.manualRole) paths.push('role')
  if (person.active !== undefined && person.active !== row.active) paths.push('active')
  return paths.length === 0 ? say('skip', 'Nothing differs.') : { ...say('change', paths.join(', ')), work }
}

function attributesAfter(before: Parameters<typeof withForm>[0], form: PersonForm) {
  try {
    return withForm(before, form)
  } catch (error) {
    if (error instanceof ScimError) return error.detail
    throw error
  }
}

const wordsOf = (errors: Record<string, string>): string =>
  Object.entries(errors)
    .map(([field, message]) => `${field}: ${message}`)
    .join(' ')
