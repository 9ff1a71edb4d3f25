import type { HttpBindings } from '@hono/node-server'
import { Hono } from 'hono'
import { csrf } from 'hono/csrf'
import { fullName, type Person } from './model'
import { type Issuer, ONE_FACTOR } from './provider'
import { messagePage, signInPage } from './sign-in-page'
import { type Org, personByLogin } from './store'

type Found = { issuer: Issuer; params: Record<string, string | undefined> }

/** The sign-in page of every issuer, at `<prefix>/signin/<uid>` on the issuer's own port. */
export function signInRoutes(issuers: Issuer[]): Hono<{ Bindings: HttpBindings }> {
  const app = new Hono<{ Bindings: HttpBindings }>()
  const fromBrowsers = csrf()
  // Browsers always say where a form comes from; a script with a cookie jar says nothing and rides on nobody's cookie.
  app.use((c, next) => (c.req.header('origin') === undefined ? next() : fromBrowsers(c, next)))

  const find = async (env: HttpBindings, path: string): Promise<Found | null> => {
    const port = env.incoming.socket.localPort
    const issuer = issuers.find((each) => each.port === port && path.startsWith(`${each.prefix}/signin/`))
    const details = await issuer?.provider.interactionDetails(env.incoming, env.outgoing).catch(() => null)
    return issuer && details ? { issuer, params: details.params } : null
  }
  const expired = messagePage(
    'This sign-in has expired',
    'Go back to Rollcall and start again. A sign-in is open for an hour, in the browser that began it.',
  )

  for (const path of ['/signin/:uid', '/oauth2/:server/signin/:uid']) {
    app.get(path, async (c) => {
      const found = await find(c.env, c.req.path)
      return found ? c.html(pageFor(found)) : c.html(expired, 400)
    })
    app.post(path, async (c) => {
      const found = await find(c.env, c.req.path)
      if (!found) return c.html(expired, 400)
      const { issuer, params } = found
      const { login } = await c.req.parseBody()
      const typed = typeof login === 'string' ? login : ''
      const person = personByLogin(issuer.org, typed)
      if (person?.status !== 'active') return c.html(pageFor(found, refusal(issuer.org, typed, person)), 403)
      await leaveOtherSession(issuer, c.env, person)
      const acr = params.acr_values?.split(' ')[0] || ONE_FACTOR
      const amr = acr === ONE_FACTOR ? ['pwd'] : ['mfa', 'otp', 'pwd']
      const result = { login: { accountId: person.id, acr, amr } }
      const options = { mergeWithLastSubmission: false }
      return c.redirect(await issuer.provider.interactionResult(c.env.incoming, c.env.outgoing, result, options), 303)
    })
  }
  return app
}

function pageFor({ issuer, params }: Found, problem?: string): string {
  const { config, state } = issuer.org
  const people = state.people.filter(({ status }) => status === 'active')
  return signInPage({ orgName: config.name, people, hint: params.login_hint?.toLowerCase() ?? '', problem })
}

function refusal({ config }: Org, typed: string, person: Person | undefined): string {
  if (!person) return `Nobody at ${config.name} has the sign-in name "${typed}".`
  return `${fullName(person)} is ${person.status} in Okta and cannot sign in.`
}

/** The library would ask for a scripted sign-out before a second person may sign in; end the first session here. */
async function leaveOtherSession({ provider }: Issuer, env: HttpBindings, person: Person): Promise<void> {
  const details = await provider.interactionDetails(env.incoming, env.outgoing)
  if (!details.session?.uid || details.session.accountId === person.id) return
  await (await provider.Session.findByUid(details.session.uid))?.destroy()
  details.session = undefined
  await details.save(details.exp - Math.floor(Date.now() / 1000))
}
