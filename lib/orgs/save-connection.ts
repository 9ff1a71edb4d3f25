import 'server-only'
import { and, count, eq, ne } from 'drizzle-orm'
import { z } from 'zod'
import { connections, idpLinks } from '@/db/schema'
import { type Tx, withOrg } from '@/db/tenant'
import type { EventDiff, EventTrace } from '@/db/types'
import { recordIn } from '@/lib/events/record'
import { wake } from '@/lib/events/wake'
import { isAllowedOrigin } from '@/lib/guarded-agent'
import { IssuerError } from '@/lib/guarded-fetch'
import { newId } from '@/lib/ids'
import { readDiscovery } from '@/lib/issuer'
import { takeLimit } from '@/lib/limits'
import { type ConnectionRow, secretColumns } from './connections'
import type { OrgContext } from './domains'
import { issuerProblem } from './issuer-address'

const visible = /^[\x21-\x7e]+$/
const clientSchema = z.object({
  issuer: z
    .string()
    .trim()
    .superRefine((text, ctx) => {
      const problem = issuerProblem(text, isAllowedOrigin)
      if (problem) ctx.addIssue(problem)
    }),
  clientId: z
    .string()
    .trim()
    .min(1, 'Enter the client id Okta shows for the app.')
    .max(200, 'A client id is at most 200 characters long.')
    .refine((text) => text === '' || visible.test(text), 'A client id is letters and digits, without spaces.'),
  /** Empty keeps the one there is. */
  clientSecret: z
    .string()
    .trim()
    .max(500, 'A client secret is at most 500 characters long.')
    .refine((text) => text === '' || visible.test(text), 'A client secret is letters and digits, without spaces.'),
})

type ClientField = keyof z.infer<typeof clientSchema>
export type ClientInput = Record<ClientField, string>
export type ConnectionSaved =
  /** `eventId` null: nothing differs from what is stored. */
  { ok: true; eventId: string | null } | { ok: false; fields: Partial<Record<ClientField, string>> }

/**
 * Sets the org's OIDC client: checks what was typed, reads a new issuer through the guard, and writes it with
 * `connection.changed` in one commit. People's sign-in links and sessions stay as they are.
 */
export async function saveConnection(ctx: OrgContext, input: ClientInput): Promise<ConnectionSaved> {
  const parsed = clientSchema.safeParse(input)
  if (!parsed.success) return { ok: false, fields: fieldsOf(parsed.error) }
  const { orgId } = ctx.org
  const client = parsed.data
  const before = await withOrg(orgId, (tx) => readRow(tx, orgId))
  const missing = secretProblem(before, client)
  if (missing) return { ok: false, fields: { clientSecret: missing } }
  if (before?.issuer !== client.issuer) {
    const problem = await unusable(orgId, client.issuer)
    if (problem) return { ok: false, fields: { issuer: problem } }
  }
  const saved = await withOrg(orgId, (tx) => write(tx, ctx, client))
  if (saved.ok && saved.eventId) wake(orgId)
  return saved
}

type Client = z.infer<typeof clientSchema>

const readRow = async (tx: Tx, orgId: string): Promise<ConnectionRow | null> => {
  const [row] = await tx.select().from(connections).where(eq(connections.orgId, orgId)).for('update')
  return row ?? null
}

function secretProblem(before: ConnectionRow | null, { issuer, clientSecret }: Client): string | null {
  if (clientSecret !== '') return null
  if (!before?.issuer) return 'Enter the client secret Okta shows for the app.'
  // Else whoever may type an issuer could have the kept secret sent to a server of their own.
  const moved = new URL(before.issuer).origin !== new URL(issuer).origin
  return moved
    ? 'Enter the secret again: the one kept here belongs to the other issuer and is never sent elsewhere.'
    : null
}

async function unusable(orgId: string, issuer: string): Promise<string | null> {
  const taken = await takeLimit('connectionTests', orgId)
  if (!taken.ok) return `Too many issuers were tried. Try again in ${Math.ceil(taken.retryAfter / 60)} minutes.`
  try {
    await readDiscovery(issuer)
    return null
  } catch (error) {
    if (error instanceof IssuerError) return error.message
    throw error
  }
}

async function write(tx: Tx, { org, actor }: OrgContext, client: Client): Promise<ConnectionSaved> {
  const { orgId } = org
  const before = await readRow(tx, orgId)
  // Another admin may have moved the issuer since it was judged.
  const problem = secretProblem(before, client)
  if (problem) return { ok: false, fields: { clientSecret: problem } }
  const diff = diffOf(before, client)
  if (diff.length === 0) return { ok: true, eventId: null }
  const { issuer, clientId, clientSecret } = client
  const moved = before?.issuer != null && before.issuer !== issuer
  const set = {
    issuer,
    clientId,
    ...(clientSecret ? secretColumns(orgId, clientSecret) : {}),
    // What was tested is not what is there now.
    testedAt: null,
  }
  const id = before?.id ?? newId()
  if (before) await tx.update(connections).set(set).where(eq(connections.orgId, orgId))
  // SCIM waits until somebody sets it up as well.
  else await tx.insert(connections).values({ orgId, id, scimState: 'off', ...set })
  const eventId = await recordIn(tx, orgId, {
    type: 'connection.changed',
    outcome: 'success',
    actor,
    target: { kind: 'connection', id, name: 'Sign-in' },
    diff,
    trace: moved ? await linksStay(tx, orgId, issuer) : undefined,
  })
  return { ok: true, eventId }
}

function diffOf(before: ConnectionRow | null, { issuer, clientId, clientSecret }: Client): EventDiff[] {
  const changed = (path: string, was: string | null | undefined, is: string): EventDiff[] =>
    was === is ? [] : [{ path, ...(was == null ? {} : { before: was }), after: is }]
  return [
    ...changed('issuer', before?.issuer, issuer),
    ...changed('clientId', before?.clientId, clientId),
    // That it changed is known, never what it was or is: redaction drops a path that says "secret".
    ...(clientSecret ? [{ path: 'clientAuthentication', after: 'set anew' }] : []),
  ]
}

async function foreignLinks(tx: Tx, orgId: string, issuer: string): Promise<number> {
  const [row] = await tx
    .select({ n: count() })
    .from(idpLinks)
    .where(and(eq(idpLinks.orgId, orgId), ne(idpLinks.issuer, issuer)))
  return row?.n ?? 0
}

async function linksStay(tx: Tx, orgId: string, issuer: string): Promise<EventTrace[]> {
  const n = await foreignLinks(tx, orgId, issuer)
  const whose = n === 1 ? '1 sign-in link' : `${n} sign-in links`
  return [{ step: 'policy', outcome: 'ok', text: `${whose} of another issuer stay; sessions stay open` }]
}

function fieldsOf(error: z.ZodError): Partial<Record<ClientField, string>> {
  const fields: Partial<Record<ClientField, string>> = {}
  for (const { path, message } of error.issues) {
    const field = clientSchema.keyof().options.find((name) => name === path[0])
    if (field) fields[field] ??= message
  }
  return fields
}
