import { parseArgs } from 'node:util'
import { domainOf } from '@/lib/auth/admit'
import { createRecoveryLink } from '@/lib/auth/recovery'
import { slugProblem } from '@/lib/auth/slug'
import { createLocalUser } from '@/lib/directory/local'
import { env } from '@/lib/env'
import { createOrg, dropOrg } from '@/lib/orgs/create'
import { runCommand } from './lib/operator'

const USAGE = 'npm run org:create -- --slug acme --name "Acme Inc" --owner ann@acme.example'

/** Makes an org with its first owner, and prints the one-time link by which the owner sets it up. */
async function create(): Promise<void> {
  const text = { type: 'string' } as const
  const { values } = parseArgs({ options: { slug: text, name: text, owner: text } })
  const { slug, owner } = values
  const name = values.name?.trim()
  if (!slug || !name || !owner) throw new Error(`An organization needs a slug, a name and an owner: ${USAGE}`)
  const problem = slugProblem(slug)
  if (problem) throw new Error(problem)
  if (name.length > 100) throw new Error('The name is longer than 100 characters.')
  if (!domainOf(owner)) throw new Error(`"${owner}" is not an e-mail address. ${USAGE}`)
  env()
  const org = await createOrg(slug, name)
  if (!org) throw new Error(`The slug "${slug}" is taken. Choose another; slugs never change.`)
  const userId = await firstOwner(org.orgId, owner)
  const link = await createRecoveryLink(org.orgId, userId)
  console.log(`${name} is there. ${owner} sets it up with this link, once, within 15 minutes:\n${link}`)
}

async function firstOwner(orgId: string, email: string): Promise<string> {
  try {
    const person = { userName: email, displayName: email, email, manualRole: 'owner' } as const
    const { row } = await createLocalUser(orgId, person, { kind: 'system' })
    return row.id
  } catch (error) {
    await dropOrg(orgId)
    throw error
  }
}

await runCommand(create)
