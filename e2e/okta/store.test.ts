import { readFileSync, statSync, writeFileSync } from 'node:fs'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Config, configSchema } from './config'
import { openStore } from './store'
import { type Bed, startBed } from './test-bed'

let bed: Bed
beforeAll(async () => {
  bed = await startBed()
})
afterAll(() => bed.close())

const JOHN = 'john.doe@porter.example'
const person = async (login: string) => (await bed.api('GET', `/orgs/porter/people/${login}`)).body
const settings = async () => (await bed.api('GET', '/orgs/porter')).body

/** The bed's config with changes to Porter, as the demo writes it anew at each start. */
function configWith(change: Partial<Config['orgs'][number]>): Config {
  return configSchema.parse({
    ...bed.config,
    orgs: bed.config.orgs.map((org, at) => (at === 0 ? { ...org, ...change } : org)),
  })
}

describe('the state file', () => {
  it('keeps people, their app ids, settings and the log over a restart, readable by its owner only', async () => {
    await bed.api('POST', '/orgs/porter/people', { firstName: 'John', lastName: 'Doe', login: JOHN })
    await bed.api('POST', `/orgs/porter/people/${JOHN}/assign`)
    await bed.api('PUT', '/orgs/porter/settings', { mode: 'aiw', enforceAssignment: false })
    const before = await person(JOHN)
    await bed.restart()
    expect(await person(JOHN)).toEqual(before)
    expect(await settings()).toMatchObject({ mode: 'aiw', enforceAssignment: false })
    expect((await bed.api('GET', '/orgs/porter/log')).body).toMatchObject({
      entries: [{ method: 'POST' }, { method: 'GET' }],
    })
    expect(statSync(bed.dataFile).mode & 0o777).toBe(0o600)
  })

  it('holds no SCIM token and no client secret of the config', async () => {
    await bed.restart()
    const file = readFileSync(bed.dataFile, 'utf8')
    expect(file).not.toContain('porterSecret')
    expect(file).not.toContain('secret-of-some-length')
  })

  it('adds people who are new in the config and leaves known ones as they are', async () => {
    await bed.api('PATCH', '/orgs/porter/people/max.member@porter.example', { title: 'Edited here' })
    const people = [
      ...(bed.config.orgs[0]?.people ?? []),
      { login: 'new@porter.example', firstName: 'New', lastName: 'One' },
    ]
    await bed.restart(
      configSchema.parse({ ...bed.config, orgs: [{ ...bed.config.orgs[0], people }, bed.config.orgs[1]] }),
    )
    expect(await person('new@porter.example')).toMatchObject({ status: 'active', assigned: false })
    expect(await person('max.member@porter.example')).toMatchObject({ title: 'Edited here' })
  })

  it('keeps a SCIM address typed here until the configured one changes', async () => {
    await bed.api('PUT', '/orgs/porter/settings', { scim: 'http://127.0.0.1:1/scim/v2/porter' })
    await bed.restart()
    expect(await settings()).toMatchObject({ scim: 'http://127.0.0.1:1/scim/v2/porter' })
    await bed.restart(configWith({ scim: 'http://127.0.0.1:2/scim/v2/porter' }))
    expect(await settings()).toMatchObject({ scim: 'http://127.0.0.1:2/scim/v2/porter' })
    await bed.restart()
  })

  it('reset brings the people of the config back under the same Okta ids', async () => {
    const { id } = (await person('olivia.owner@porter.example')) as { id: string }
    await bed.api('PATCH', '/orgs/porter/people/olivia.owner@porter.example', { lastName: 'Changed' })
    const { body } = await bed.api('POST', '/orgs/porter/reset')
    expect(body).toMatchObject({
      people: [
        { id, lastName: 'Owner' },
        { login: 'max.member@porter.example', title: '' },
      ],
    })
    expect(await settings()).toMatchObject({ mode: 'oin', enforceAssignment: true })
    expect((await bed.api('GET', '/orgs/porter/log')).body).toEqual({ entries: [] })
  })

  it('says which file is damaged and what to do', async () => {
    const damaged = `${bed.dataFile}.damaged`
    writeFileSync(damaged, '{"version":1')
    await expect(openStore(damaged, bed.config)).rejects.toThrow(/okta\.json\.damaged is damaged .* Delete it/)
  })
})

describe('the config', () => {
  it('names the field that is wrong', () => {
    const result = configSchema.safeParse({ app: 'http://localhost:1', orgs: [{ slug: 'Bad Slug' }] })
    expect(result.error?.issues.map(({ path }) => path.join('.'))).toContain('orgs.0.slug')
  })

  it('refuses an issuer on a port the stand-in does not have, or of neither Okta shape', async () => {
    await expect(bed.restart(configWith({ issuer: 'http://localhost:1/oauth2/porter' }))).rejects.toThrow(
      'is on neither port',
    )
    await expect(bed.restart(configWith({ issuer: `${bed.okta}/elsewhere` }))).rejects.toThrow('neither the shape')
    await bed.restart()
  })
})
