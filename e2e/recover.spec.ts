import { spawn } from 'node:child_process'
import { it } from 'vitest'
import { signedIn, withBrowser } from './browser'
import { withDatabase } from './database'
import { expect } from './expect'
import { appUrl, porter } from './fixtures'

const newContext = withBrowser()
const db = withDatabase()

/** `npm run recover` with the environment of the stack: what it printed, and how it ended. */
function recover(...args: string[]): Promise<{ out: string; code: number | null }> {
  const child = spawn(process.execPath, ['scripts/run.mjs', 'scripts/recover.ts', ...args], { stdio: 'pipe' })
  let out = ''
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk) => (out += chunk))
  return new Promise((resolve) => child.on('close', (code) => resolve({ out, code })))
}

it('opens a 30-minute session without Okta, once, and the log says so', async () => {
  const { out, code } = await recover('--org', 'porter')
  expect(code).toBe(0)
  const link = new RegExp(`${appUrl}/recover/\\S+`).exec(out)?.[0] ?? ''
  const context = await newContext()
  const page = await context.newPage()

  // A preview of the link, as a chat program makes one, does not use it up.
  for (let look = 0; look < 2; look++) expect((await context.request.get(link)).status()).toBe(200)
  await page.goto(link)
  await expect(page.getByRole('main')).toContainText(porter.people.owner)
  await page.getByRole('button', { name: 'Open a session for 30 minutes' }).click()
  await expect(page).toHaveURL(/\/orgs\/porter\/admin\/users$/)
  await expect(page.getByRole('complementary')).toContainText('recovery session')
  const me = await (await context.request.get('/api/me?org=porter')).json()
  expect(me).toMatchObject({ userName: porter.people.owner, role: 'owner', sessionKind: 'recovery' })
  const cookie = (await context.cookies()).find(({ name }) => name === 'rollcall.porter.session')
  const minutes = ((cookie?.expires ?? 0) - Date.now() / 1000) / 60
  expect(minutes).toBeGreaterThan(28)
  expect(minutes).toBeLessThanOrEqual(30)
  const [session] = await db.inOrg(
    'porter',
    (tx) =>
      tx`select extract(epoch from expires_at - created_at)::int as seconds from sessions where kind = 'recovery'`,
  )
  expect(session?.seconds).toBe(1800)

  const other = await (await newContext()).newPage()
  await other.goto(link)
  await expect(other.getByRole('heading', { level: 1 })).toHaveText('This link cannot be used')
  const again = await other.request.post(`${link}/open`, { maxRedirects: 0 })
  expect(again.headers()['set-cookie'] ?? '').not.toContain('rollcall.porter.session')
  expect((await other.request.get('/api/me?org=porter')).status()).toBe(401)

  const admin = await signedIn(await newContext(), porter, porter.people.admin, '/orgs/porter/admin/events')
  await expect(admin.getByRole('main')).toContainText(/got in with a recovery link/)
})

it('says which organization is missing or unknown', async () => {
  expect(await recover()).toMatchObject({ code: 1, out: expect.stringContaining('--org') })
  expect(await recover('--org', 'nowhere')).toMatchObject({ code: 1, out: expect.stringContaining('"nowhere"') })
})
