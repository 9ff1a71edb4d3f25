/** @jsxImportSource hono/jsx */
import { type Org, type Store, scimTarget } from '../store'
import { AppShell } from './app-layout'
import { PostButton } from './button'
import type { Flash } from './flash'
import { RequestList } from './log'

type ProvisioningProps = { store: Store; org: Org; flash: Flash | null }

/** Provisioning: where requests go, in whose shape, how fast Okta's own waits pass, and whether the key works. */
export function ProvisioningPage({ store, org, flash }: ProvisioningProps) {
  const { config, state } = org
  const base = `/admin/${config.slug}/app`
  const { mode, sender, enforceAssignment, timeScale } = state.settings
  const tests = state.log.filter(({ action }) => action === 'test-credentials').slice(0, 5)
  return (
    <AppShell store={store} org={org} tab="provisioning" flash={flash}>
      <form method="post" action={base} class="columns">
        <section class="card stack" aria-labelledby="integration">
          <h3 id="integration">Integration</h3>
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
          <label class="check">
            <input type="checkbox" name="enforceAssignment" value="yes" checked={enforceAssignment} /> Only people
            assigned to Rollcall may sign in to it
          </label>
          <button class="button" type="submit">
            Save settings
          </button>
          <p class="fine">Saving tests the credentials.</p>
        </section>
        <section class="card stack" aria-labelledby="shape">
          <h3 id="shape">Requests</h3>
          <fieldset>
            <legend>Whose requests</legend>
            <Radio name="sender" value="okta" now={sender} text="Okta" />
            <Radio
              name="sender"
              value="entra"
              now={sender}
              text="Microsoft Entra: externalId, Add and Replace, “False”"
            />
            <p class="fine">Set the same in Rollcall, under Provisioning, so that it reads Entra’s flags.</p>
          </fieldset>
          <fieldset>
            <legend>How the app was made in Okta</legend>
            <Radio name="mode" value="oin" now={mode} text="Catalogue app: deactivates with PATCH" />
            <Radio name="mode" value="aiw" now={mode} text="App Integration Wizard: deactivates with PUT" />
          </fieldset>
          <label>
            Okta’s own waits pass so many times faster
            <input type="number" name="timeScale" value={timeScale} min="1" max="100000" required />
          </label>
          <p class="fine">
            After a 429 without Retry-After Okta waits five minutes, then twice as long each time, ten tries in all.
            What Rollcall says in Retry-After is always waited in full.
          </p>
        </section>
      </form>
      <div class="heading">
        <h3>API credentials</h3>
        <PostButton action={`${base}/test`} text="Test API credentials" kind="plain" />
      </div>
      <RequestList org={org} entries={tests} fresh={flash?.requests} />
    </AppShell>
  )
}

function Radio({ name, value, now, text }: { name: string; value: string; now: string; text: string }) {
  return (
    <label class="check">
      <input type="radio" name={name} value={value} checked={now === value} /> {text}
    </label>
  )
}
