import postgres from 'postgres'
import { getOrg } from '@/lib/orgs/orgs'
import type { Company } from './companies'
import type { Outcome } from './load'
import type { Stack } from './stack'
import { createTemplate, leaveTemplate, MARK, type Template } from './templates'
import type { Candidate } from './turns'

/** The same statement as the app's, called by the database itself, as many at once as the client has connections. */
export type Statement = 'create' | 'patchActive' | 'find'

const text = (value: string) => `$bench$${value}$bench$`

/** One transaction each, as a request is. */
async function block(company: Company, what: Statement, slot: number, n: number): Promise<string> {
  const loop = (body: string, declare = '') => `do $do$ declare v_id uuid; v_event uuid; v_name text; ${declare} begin
    for i in 1..${n} loop ${body} commit; end loop; end $do$`
  if (what === 'find') {
    const names = company.userNames.slice(slot * 100, slot * 100 + 100)
    const list = `array[${names.map((name) => `'${name}'`).join(',')}]`
    return loop(
      `perform person from find_user('${company.orgId}', null, v_names[1 + i % 100], null);`,
      `v_names text[] := ${list};`,
    )
  }
  const org = await getOrg(company.orgId)
  if (!org) throw new Error('The company is gone')
  const t: Template = what === 'create' ? createTemplate(org) : leaveTemplate(org)
  const fill = (value: string) =>
    `replace(replace(replace(${text(value)}, '${MARK.id}', v_id::text), '${MARK.event}', v_event::text), '${MARK.name}', v_name)::jsonb`
  const make = `v_event := (left(uuid7_floor(clock_timestamp())::text, 14) || '7' || right(gen_random_uuid()::text, 21))::uuid;`
  const own =
    what === 'create'
      ? `v_id := gen_random_uuid(); v_name := v_id || '@alone.example';`
      : `v_id := v_ids[1 + i % 100]; v_name := v_id || '@alone.example';
         select version, session_epoch into v_version, v_epoch from users where org_id = '${company.orgId}' and id = v_id;`
  const ids = company.ids.slice(3000 + slot * 100, 3100 + slot * 100)
  const declare =
    what === 'create'
      ? 'v_version int := 0; v_epoch int := 1;'
      : `v_version int; v_epoch int; v_ids uuid[] := array[${ids.map((id) => `'${id}'`).join(',')}]::uuid[];`
  // External ids are made from the first 24 characters of the name.
  const next = fill(t.next).replaceAll('::jsonb', `::jsonb || jsonb_build_object('external_id', v_id)`)
  const enter = what === 'create' ? '' : `perform set_config('app.org_id', '${company.orgId}', true);`
  return loop(
    `${make} ${enter} ${own} perform save_user('${company.orgId}', v_id, v_version, v_epoch, ${next}, true, ${what !== 'create'}, false,
      ${text(t.check)}::jsonb, ${fill(t.event)}, ${fill(t.diff)});`,
    declare,
  )
}

/** The statement alone, as a candidate. `calls`: how many of it each connection makes in a turn. */
export function databaseAlone(
  stack: Stack,
  company: Company,
  what: Statement,
  connections: number,
): Candidate & { end: () => Promise<void> } {
  const sql = postgres(stack.env.DATABASE_URL ?? '', { max: connections, onnotice: () => undefined })
  let calls = 50
  const turn = async (_: number, wanted: number): Promise<Outcome> => {
    const blocks = await Promise.all(
      Array.from({ length: connections }, (_, slot) => block(company, what, slot, calls)),
    )
    const began = performance.now()
    await Promise.all(blocks.map((each) => sql.unsafe(each)))
    const seconds = (performance.now() - began) / 1000
    const requests = calls * connections
    calls = Math.max(20, Math.round((calls * wanted) / seconds))
    const none = { p50: 0, p95: 0, p99: 0, max: 0, statuses: {}, written: 0, broken: 0, next: 0, sample: '' }
    return { requests, seconds, perSecond: requests / seconds, ...none }
  }
  return { name: 'database', turn, end: () => sql.end() }
}
