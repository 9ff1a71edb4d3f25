import 'server-only'
import { and, desc, eq } from 'drizzle-orm'
import { events } from '@/db/schema-events'
import { withOrg } from '@/db/tenant'
import { ownUrl } from '@/lib/auth/origin'
import { eventRef } from '@/lib/ids'
import { getConnection } from '@/lib/orgs/connections'
import { checklist } from './checklist'
import { lastRun } from './last-run'
import { knownText, type Line } from './line'
import { scorecard } from './scorecard'

export type Report = Awaited<ReturnType<typeof readReport>>

/** All that is known of a company's readiness: the last run, the checklist, the scorecard. */
export async function readReport(orgId: string, slug: string) {
  const [run, connection, revocation] = await Promise.all([lastRun(orgId), getConnection(orgId), lastRevocation(orgId)])
  const baseUrl = ownUrl(`/scim/v2/${slug}`)
  const issuer = connection?.issuer ?? null
  return {
    run,
    baseUrl,
    issuer,
    lines: checklist({ cases: run?.cases ?? [], baseUrl, issuer }),
    ipsie: scorecard(revocation),
  }
}

/** How many deactivations are looked through for one that ended a session. */
const LOOKED_AT = 200

/** The newest deactivation here that ended a session. */
async function lastRevocation(orgId: string) {
  const rows = await withOrg(orgId, (tx) =>
    tx
      .select({ id: events.id, at: events.at, effects: events.effects })
      .from(events)
      .where(and(eq(events.orgId, orgId), eq(events.type, 'user.deactivated')))
      .orderBy(desc(events.id))
      .limit(LOOKED_AT),
  )
  for (const { id, at, effects } of rows) {
    const sessions = effects?.sessionsEnded ?? 0
    if (sessions > 0) return { at: at.toISOString(), sessions, ref: eventRef(id) }
  }
  return null
}

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ')
const table = (lines: readonly Line[]): string[] => [
  '| | | verdict | how it is known | evidence |',
  '|---|---|---|---|---|',
  ...lines.map(
    ({ id, title, verdict, known, evidence }) =>
      `| ${id} | ${cell(title)} | ${verdict} | ${cell(knownText(known))} | ${cell(evidence)} |`,
  ),
]

/** The report as Markdown. */
export function reportMarkdown(name: string, { run, lines, ipsie }: Report): string {
  const cases = run?.cases ?? []
  const failed = cases.filter(({ ok }) => !ok)
  return [
    `# OIN readiness of Rollcall for ${name}`,
    '',
    run
      ? `Run ${run.at} (${run.ref}): ${cases.length - failed.length} passed, ${failed.length} failed.`
      : 'Not run yet.',
    '',
    '## Checklist',
    '',
    ...table(lines),
    '',
    '## Cases',
    '',
    ...cases.flatMap((each) => [
      `### ${each.id} ${each.title}: ${each.ok ? 'pass' : 'fail'}`,
      '',
      ...(each.problem ? [`${each.problem}.`, ''] : []),
      '```',
      each.request,
      ...(each.sent ? [each.sent] : []),
      `→ ${each.status ?? 'no answer'}`,
      ...(each.answer ? [each.answer] : []),
      '```',
      '',
    ]),
    '## IPSIE scorecard',
    '',
    ...table(ipsie),
    '',
  ].join('\n')
}
