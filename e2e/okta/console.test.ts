import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Bed, startBed } from './test-bed'

let bed: Bed
beforeAll(async () => {
  bed = await startBed()
})
afterAll(() => bed.close())

const get = async (path: string) => {
  const response = await fetch(`${bed.okta}${path}`)
  return { status: response.status, html: await response.text(), headers: response.headers }
}
const post = async (path: string, form: Record<string, string> = {}, origin = bed.okta) => {
  const response = await fetch(`${bed.okta}${path}`, {
    method: 'POST',
    headers: { origin, 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams(form).toString(),
  })
  return { status: response.status, url: response.url, html: await response.text() }
}
const john = {
  firstName: 'John',
  lastName: 'Doe',
  login: 'john.doe@porter.example',
  title: '',
  department: '',
  role: 'none',
}

describe('console', () => {
  it('names the company, says it is a stand-in, and sends no script', async () => {
    const { html, headers } = await get('/admin/porter')
    expect(html).toMatch(/<h1>Okta stand-in · <span>Porter<\/span><\/h1>/)
    expect(html).toContain('It is not made by Okta')
    expect(html).not.toContain('<script')
    expect(headers.get('content-security-policy')).toContain("default-src 'none'")
    expect((await get('/')).html).toContain('White Rabbit')
  })

  it('hires, promotes and deactivates John through plain forms, showing what was sent', async () => {
    const added = await post('/admin/porter/people', { ...john, assign: 'yes' })
    expect(added.html).toContain('John Doe was added and assigned to Rollcall. 2 requests sent.')
    expect(added.html).toContain('/scim/v2/porter/Users?filter=userName eq &quot;john.doe@porter.example&quot;')
    const page = new URL(added.url).pathname
    const promoted = await post(page, { ...john, title: 'Lead', role: 'manager' })
    expect(promoted.html).toContain('Profile saved. 2 requests sent.')
    expect(promoted.html).toMatch(/<option value="manager" selected/)
    expect((await post(`${page}/suspend`)).html).toContain('does not tell apps about a suspension. Nothing was sent.')
    expect((await post(`${page}/unsuspend`)).html).toContain('Nothing was sent.')
    expect((await post(`${page}/deactivate`)).html).toContain('Deactivated. 1 request sent.')
    expect(bed.fake.seen.map(({ method }) => method)).toEqual(['GET', 'POST', 'GET', 'PUT', 'PATCH'])
  })

  it('shows a failed task with a button that retries it', async () => {
    const { url } = await post('/admin/porter/people', { ...john, login: 'ann@porter.example', firstName: 'Ann' })
    const page = new URL(url).pathname
    bed.fake.answerNext({ status: 400, body: { detail: 'Surname <missing>.' } })
    const failed = await post(`${page}/assign`)
    expect(failed.html).toContain(
      'Automatic provisioning of user Ann Doe to app Rollcall failed: Surname &lt;missing&gt;.',
    )
    const retried = await post(`${page}/retry`)
    expect(retried.html).toContain('Assigned to Rollcall. 2 requests sent.')
    expect(retried.html).not.toContain('Task: failed')
  })

  it('gives a refused form back with what was typed', async () => {
    const { status, html } = await post('/admin/porter/people', { ...john, login: 'not-an-address' })
    expect(status).toBe(400)
    expect(html).toContain('login: must look like name@company.example')
    expect(html).toContain('value="not-an-address"')
  })

  it('tests credentials and keeps the token out of every page', async () => {
    expect((await post('/admin/porter/app/test')).html).toContain('The credentials work. 1 request sent.')
    for (const page of ['/admin/porter', '/admin/porter/app', '/admin/porter/log']) {
      expect((await get(page)).html).not.toContain('porterSecret')
    }
  })

  it('saves settings; an empty token keeps the one in use', async () => {
    const scim = bed.config.orgs[0]?.scim ?? ''
    const { html } = await post('/admin/porter/app', { mode: 'aiw', scim, scimToken: '' })
    expect(html).toContain('Settings saved.')
    expect((await bed.api('GET', '/orgs/porter')).body).toMatchObject({ mode: 'aiw', enforceAssignment: false, scim })
    await bed.api('POST', '/orgs/porter/test-credentials')
    expect(bed.fake.seen.at(-1)?.headers.authorization).toBe('Bearer rollcall_porterSecret')
  })

  it('adds a group, fills it, pushes it, renames it and deletes it in the app through plain forms', async () => {
    const person = await post('/admin/porter/people', { ...john, login: 'gus@porter.example', assign: 'yes' })
    const id = new URL(person.url).pathname.split('/').at(-1) ?? ''
    const added = await post('/admin/porter/groups', { name: 'Drivers' })
    expect(added.html).toContain('Drivers was added. Nothing was sent')
    const page = new URL(added.url).pathname
    expect((await post(`${page}/add`, { person: id })).html).toContain('Added to the group. Nothing was sent.')
    const pushed = await post(`${page}/push`)
    expect(pushed.html).toContain('Pushed to Rollcall. 3 requests sent.')
    expect(pushed.html).toContain('/scim/v2/porter/Groups?filter=displayName eq &quot;Drivers&quot;')
    expect((await post(page, { name: 'Haulers' })).html).toContain('Renamed. 1 request sent.')
    expect((await post(`${page}/remove`, { person: id })).html).toContain('Removed from the group. 1 request sent.')
    expect((await post(`${page}/drop`)).html).toContain('Unlink it first.')
    expect((await post(`${page}/delete`)).html).toContain('Unlinked and deleted in Rollcall. 1 request sent.')
    expect((await post('/admin/porter/groups', { name: 'HAULERS' })).status).toBe(400)
    expect((await post(`${page}/drop`)).html).toContain('The group was deleted here.')
    expect((await get('/admin/porter/groups')).html).toContain('Porter has no groups yet.')
    expect((await post('/admin/porter/groups/none/push')).status).toBe(404)
  })

  it('refuses forms of another site, and puts no words of an address on the page', async () => {
    expect((await post('/admin/porter/people', john, 'http://evil.example')).status).toBe(403)
    expect((await get('/admin/porter?done=You+have+won')).html).not.toContain('You have won')
    expect((await get('/admin/acme')).status).toBe(404)
    expect((await get('/admin/porter/people/nobody')).status).toBe(404)
    expect((await post('/admin/porter/people/max.member@porter.example/explode')).status).toBe(404)
  })
})
