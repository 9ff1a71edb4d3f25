/** @jsxImportSource hono/jsx */
import type { Org, Store } from '../store'
import { logoutUrl } from '../universal-logout'
import { AppShell } from './app-layout'

/** Sign On: the OpenID Connect side of the app, to read. */
export function SignOnPage({ store, org }: { store: Store; org: Org }) {
  const { config } = org
  const facts: [name: string, values: string[]][] = [
    ['Issuer', [config.issuer]],
    ['Client id', [config.clientId]],
    ['Sign-in redirect URIs', config.redirectUris],
    ['Sign-out redirect URIs', config.postLogoutRedirectUris],
    ['Universal Logout endpoint', [logoutUrl(store, org)]],
  ]
  return (
    <AppShell store={store} org={org} tab="sign-on" flash={null}>
      <section class="card" aria-labelledby="oidc">
        <h3 id="oidc">OpenID Connect</h3>
        <dl class="facts">
          {facts.map(([name, values]) => (
            <div key={name}>
              <dt>{name}</dt>
              {values.map((value) => (
                <dd key={value}>
                  <code>{value}</code>
                </dd>
              ))}
            </div>
          ))}
        </dl>
      </section>
    </AppShell>
  )
}
