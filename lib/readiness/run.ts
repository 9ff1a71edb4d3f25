import 'server-only'
import { env } from '@/lib/env'
import { recordEvent } from '@/lib/events/record'
import { takeLimit } from '@/lib/limits'
import { getConnection } from '@/lib/orgs/connections'
import type { OrgContext } from '@/lib/orgs/domains'
import { once } from '@/lib/process'
import { crudCases } from './crud-cases'
import { entitlementCases } from './entitlement-cases'
import { groupCases } from './group-cases'
import { type CaseResult, oktaPerson, runCases, type Send } from './oin-case'
import { dropScratch, makeScratch, type Scratch, sweepScratch } from './scratch'
import { specCases } from './spec-cases'

export const allCases = [...specCases, ...crudCases, ...entitlementCases, ...groupCases]

/** Why a run did not take place, in words. */
export const RUN_PROBLEMS = {
  limit: 'The readiness was checked often within the last hour. Try again later.',
  busy: 'A check of this company is running already. Load the page again in a few seconds.',
} as const

export type RunDone = { ok: true; eventId: string; failed: number } | { ok: false; problem: keyof typeof RUN_PROBLEMS }

const ANSWER_MS = 10_000

/**
 * Asks this server all of Okta's cases over HTTP, at a company made for it and removed again; nothing of the company that
 * asks is touched. Its log gets one `readiness.checked` with every request and answer.
 */
export async function runReadiness({ org, actor }: OrgContext): Promise<RunDone> {
  const running = once('readiness.running', () => new Set<string>())
  if (running.has(org.orgId)) return { ok: false, problem: 'busy' }
  if (!(await takeLimit('readinessRuns', org.orgId)).ok) return { ok: false, problem: 'limit' }
  running.add(org.orgId)
  try {
    await sweepScratch()
    const cases = await atScratch()
    const failed = cases.filter(({ ok, optional }) => !ok && !optional)
    const connection = await getConnection(org.orgId)
    const eventId = await recordEvent(org.orgId, {
      type: 'readiness.checked',
      outcome: failed.length > 0 ? 'failed' : 'success',
      actor,
      target: { kind: 'connection', id: connection?.id ?? org.orgId, name: 'OIN readiness' },
      error: failed[0]
        ? { status: 500, scimType: failed[0].id, detail: `${failed[0].title}: ${failed[0].problem}` }
        : undefined,
      response: { cases: cases.map(brief) },
    })
    return { ok: true, eventId, failed: failed.length }
  } finally {
    running.delete(org.orgId)
  }
}

async function atScratch(): Promise<CaseResult[]> {
  const scratch = await makeScratch()
  try {
    const send = sendTo(scratch)
    // The suites begin with a company that has somebody.
    await send({ method: 'POST', path: '/Users', body: oktaPerson('first@porter.example', firstName) }).catch(
      () => null,
    )
    return await runCases(allCases, send)
  } finally {
    await dropScratch(scratch)
  }
}

const firstName = { givenName: 'Olivia', familyName: 'Owner' }

const sendTo =
  ({ slug, token }: Scratch): Send =>
  async ({ method, path, body, wrongToken }) => {
    const answer = await fetch(`${env().ROLLCALL_URL}/scim/v2/${slug}${path}`, {
      method,
      headers: {
        authorization: `Bearer ${wrongToken ? 'not-a-token' : token}`,
        ...(body === undefined ? {} : { 'content-type': 'application/scim+json' }),
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      redirect: 'manual',
      signal: AbortSignal.timeout(ANSWER_MS),
    })
    const text = await answer.text()
    return { status: answer.status, type: answer.headers.get('content-type'), body: text ? JSON.parse(text) : null }
  }

const EVIDENCE = 900

/** What is kept of a case: request and answer as text, their beginnings. */
const brief = ({ sent, answer, ...rest }: CaseResult) => ({ ...rest, sent: shown(sent), answer: shown(answer) })

function shown(value: unknown): string | null {
  if (value === null) return null
  const text = JSON.stringify(value, (key, each) => (key === 'password' ? '[redacted]' : each))
  return text.length > EVIDENCE ? `${text.slice(0, EVIDENCE)}… (${text.length} characters)` : text
}
