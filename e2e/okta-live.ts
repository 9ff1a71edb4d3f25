import { mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { getRequestListener } from '@hono/node-server'
import type { TestOrg } from '@/db/test-orgs'
import { mount } from '@/lib/scim-api/test/mount'
import { configSchema } from './okta/config'
import { getOrg, type Org, openStore, type Store } from './okta/store'

/** The stand-in's Okta of one company, its requests going to the SCIM service over a real port. */
export type LiveOkta = { store: Store; okta: (org: TestOrg) => Org; base: (org: TestOrg) => string; close: () => void }

/** Serves the SCIM service on a free port and gives each company an Okta, empty of people, that sends to it. */
export async function startLiveOkta(orgs: TestOrg[]): Promise<LiveOkta> {
  const server = createServer(getRequestListener((request) => mount.fetch(request)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const address = server.address()
  if (typeof address !== 'object' || address === null) throw new Error('The SCIM service does not listen.')
  const app = `http://127.0.0.1:${address.port}`
  const base = ({ slug }: TestOrg) => `${app}/scim/v2/${slug}`
  const folder = mkdtempSync(join(tmpdir(), 'okta-live-'))
  const config = configSchema.parse({ app, orgs: orgs.map((org) => orgConfig(org, base(org))) })
  const store = await openStore(join(folder, 'okta.json'), config)
  return {
    store,
    okta: ({ slug }) => getOrg(store, slug),
    base,
    close: () => {
      store.flush()
      server.close()
      server.closeAllConnections()
      rmSync(folder, { recursive: true })
    },
  }
}

const orgConfig = ({ slug, name, domain, token }: TestOrg, scim: string) => ({
  slug,
  name,
  domain,
  issuer: 'http://localhost:4010/oauth2/any',
  clientId: 'client',
  clientSecret: 'secret',
  redirectUris: ['http://localhost:3000/api/auth/callback/okta'],
  scim,
  scimToken: token,
})
