import { expect } from 'vitest'
import { at, fill, requestLine, type Sequence, type Step, type Vars } from './sequence'

/** Where a sequence is sent: the SCIM base, a token, and how a request gets there. */
export type Target = { base: string; token: string; send: (request: Request) => Promise<Response> }
/** One answered step, for comparing two mounts. */
export type Answered = { step: string; status: number; type: string | null; body: unknown }

const AGENTS = { okta: 'Okta SCIM Client 1.0.0', entra: 'Mozilla/5.0 (compatible; MSIE 9.0; Windows NT 6.1)' }

/** Plays a sequence and checks each answer; returns the answers. `unique` keeps names of two runs apart. */
export async function replay(sequence: Sequence, target: Target, unique: string): Promise<Answered[]> {
  const vars: Vars = { unique, ...startVars(unique) }
  const answers: Answered[] = []
  let last: unknown
  for (const step of [...sequence.before, ...sequence.steps, ...sequence.after]) {
    const answered = await play(step, target, vars, last, AGENTS[sequence.client])
    answers.push(answered)
    last = answered.body
    for (const [name, path] of Object.entries(step.expect.save)) vars[name] = at(answered.body, path)
  }
  return answers
}

const startVars = (unique: string): Vars => ({
  userName: `john.doe.${unique}@porter.example`,
  otherName: `jane.roe.${unique}@porter.example`,
  externalId: `00uJohn${unique}`,
  otherExternalId: `00uJane${unique}`,
  groupName: `Drivers ${unique}`,
  groupExternalId: `00gDrivers${unique}`,
  password: 'D4mmy-Passw0rd',
})

async function play(step: Step, target: Target, vars: Vars, last: unknown, agent: string): Promise<Answered> {
  const { method, path } = requestLine(step.send, vars)
  const over = step.over === undefined ? undefined : { ...asRecord(last), ...asRecord(fill(step.over, vars)) }
  const body = over ?? fill(step.body, vars)
  const response = await target.send(
    new Request(target.base + path, {
      method,
      headers: {
        accept: 'application/scim+json',
        'user-agent': agent,
        ...(step.token ? { authorization: `Bearer ${target.token}` } : { authorization: 'Bearer not-a-token' }),
        ...(body === undefined ? {} : { 'content-type': 'application/scim+json; charset=utf-8' }),
        ...step.headers,
      },
      ...(body === undefined ? {} : { body: JSON.stringify(body) }),
    }),
  )
  const text = await response.text()
  const answered: unknown = text === '' ? undefined : JSON.parse(text)
  const where = `${method} ${decodeURIComponent(path)}`
  expect(response.status, `${where} answered ${text.slice(0, 500)}`).toBe(step.expect.status)
  if (step.expect.body) expect(answered, where).toMatchObject(asRecord(fill(step.expect.body, vars)))
  for (const gone of step.expect.absent) expect(at(answered, gone), `${where}: ${gone}`).toBeUndefined()
  return { step: step.send, status: response.status, type: response.headers.get('content-type'), body: answered }
}

const asRecord = (value: unknown): Record<string, unknown> =>
  typeof value === 'object' && value !== null ? Object.fromEntries(Object.entries(value)) : {}

const UUID = /[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}/g
const TIME = /\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d+Z/g

/** Answers without what differs between two runs: ids, times, the org's slug, event references, entity tags. */
export function comparable(answers: Answered[], { base }: Target, unique: string): unknown {
  const slug = base.split('/').at(-1) ?? ''
  const text = JSON.stringify(answers)
    .replaceAll(slug, 'ORG')
    .replaceAll(unique, 'UNIQUE')
    .replace(UUID, 'ID')
    .replace(TIME, 'TIME')
    .replace(/evt_\w+/g, 'EVENT')
    .replace(/W\/\\"[^"]*\\"/g, 'TAG')
  return JSON.parse(text)
}
