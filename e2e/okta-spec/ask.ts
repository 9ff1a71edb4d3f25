import type { TestOrg } from '@/db/test-orgs'
import type { Send } from '@/lib/readiness/oin-case'
import { send } from '@/lib/scim-api/test/client'

/** Asks the cases of lib/readiness at a company of the test's, as the readiness page asks them over HTTP. */
export const askAt =
  (org: TestOrg): Send =>
  async ({ method, path, body, wrongToken }) => {
    const answer = await send(org, method, path, body, wrongToken ? { as: { token: 'not-a-token' } } : {})
    return { status: answer.status, type: answer.headers.get('content-type'), body: answer.body }
  }
