import 'server-only'
import { demoCompany } from './companies'
import { JOHN } from './facts'
import { gatherFacts } from './gather'
import { type OktaPerson, oktaOf } from './okta'
import { resetCompany } from './reset'
import { beginRun } from './run'
import { scimRequest, setActive } from './scim'
import type { Act } from './story'

const porter = () => oktaOf('porter')
const find = async (): Promise<OktaPerson | undefined> =>
  (await porter().people()).find(({ login }) => login === JOHN.login)

/**
 * What the presenter would click in the stand-in's console, done over its JSON API; the requests that follow are the
 * stand-in's own. Each looks first at what is done already, so that one cut off in the middle can be done again.
 */
const acts: Record<Act, () => Promise<unknown>> = {
  hire: async () => {
    const john = (await find()) ?? (await porter().add(JOHN))
    if (!john.assigned || !john.appUserId) await porter().run(JOHN.login, 'assign')
  },
  promote: () => porter().update(JOHN.login, { roles: ['manager'] }),
  deactivate: () => porter().run(JOHN.login, 'deactivate'),
  rehire: () => porter().run(JOHN.login, 'activate'),
  break_in: breakIn,
}

/** Does what a step does. Throws DemoError with a sentence. */
export const doAct = (act: Act): Promise<unknown> => acts[act]()

/** Porter's token, White Rabbit's person: once at White Rabbit's address, once at Porter's own. */
async function breakIn(): Promise<void> {
  const { scimToken } = await demoCompany('porter')
  const { attempt } = await gatherFacts()
  const request = { method: 'PATCH', path: `/Users/${attempt.victim.id}`, body: setActive(false) }
  for (const slug of ['white-rabbit', 'porter']) await scimRequest(scimToken, slug, request)
}

/** Both companies as they were before the story. */
export async function resetStory(): Promise<void> {
  const began = Date.now()
  await Promise.all(['porter', 'white-rabbit'].map(async (slug) => resetCompany(await demoCompany(slug))))
  beginRun(Date.now() - began)
}
