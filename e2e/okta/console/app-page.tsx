/** @jsxImportSource hono/jsx */
import { type Org, type Store, scimTarget } from '../store'
import { logoutUrl } from '../universal-logout'
import type { Flash } from './flash'
import { Shell } from './layout'
import { RequestList } from './log'

/** Applications → Rollcall: how this company's Okta is connected to the app. */
export function AppPage({ store, org, flash }: { store: Store; org: Org; flash: Flash | null }) {
  const { config, state } = org
  const base = `/admin/${config.slug}/app`
  const tests = state.log.filter(({ action }) => action === 'test-credentials').slice(0, 5)
  return (
    <Shell store={store} org={org} tab="app" title="Rollcall app" flash={flash}>
      <h2>Rollcall app</h2>
      <div class="columns">
        <section class="card" aria-labelledby="provisioning">
          <h3 id="provisioning">Provisioning (SCIM)</h3>
          <form method="post" action={base} class="stack">
            <label>
              SCIM connector base URL
              <input type="url" name="scim" value={scimTarget(org).url} required />
            </label>
            <label>
              API token
              <input
                type="password"
                name="scimToken"
                placeholder="Leave empty to keep the one in use"
                autocomplete="off"
              />
            </label>
            <fieldset>
              <legend>How the app was made in Okta</legend>
              <label class="check">
                <input type="radio" name="mode" value="oin" checked={state.settings.mode === 'oin'} /> Catalogue app:
                deactivates with PATCH
              </label>
              <label class="check">
                <input type="radio" name="mode" value="aiw" checked={state.settings.mode === 'aiw'} /> App Integration
                Wizard: deactivates with PUT
              </label>
            </fieldset>
            <label class="check">
              <input type="checkbox" name="enforceAssignment" value="yes" checked={state.settings.enforceAssignment} />{' '}
              Only people assigned to Rollcall may sign in to it
            </label>
            <button class="button" type="submit">
              Save settings
            </button>
          </form>
        </section>
        <section class="card" aria-labelledby="sign-on">
          <h3 id="sign-on">Sign on (OpenID Connect)</h3>
          <dl class="facts">
            <dt>Issuer</dt>
            <dd>
              <code>{config.issuer}</code>
            </dd>
            <dt>Client id</dt>
            <dd>
              <code>{config.clientId}</code>
            </dd>
            <dt>Sign-in redirect URIs</dt>
            {config.redirectUris.map((uri) => (
              <dd key={uri}>
                <code>{uri}</code>
              </dd>
            ))}
            <dt>Sign-out redirect URIs</dt>
            {config.postLogoutRedirectUris.map((uri) => (
              <dd key={uri}>
                <code>{uri}</code>
              </dd>
            ))}
            <dt>Universal Logout endpoint</dt>
            <dd>
              <code>{logoutUrl(store, org)}</code>
            </dd>
          </dl>
          <h3>API credentials</h3>
          <form method="post" action={`${base}/test`}>
            <button class="button button-plain" type="submit">
              Test API credentials
            </button>
          </form>
        </section>
      </div>
      <h2>Latest tests</h2>
      <RequestList org={org} entries={tests} fresh={flash?.requests} />
    </Shell>
  )
}
