import { parseArgs } from 'node:util'
import { createRecoveryLink, findRecoverable, makeOwner } from '@/lib/auth/recovery'
import { env } from '@/lib/env'
import { getOrgBySlug } from '@/lib/orgs/orgs'
import { runCommand } from './lib/operator'

const USAGE = 'npm run recover -- --org <slug> [--user <userName>]'

/** Prints a one-time link for an org whose sign-in is broken: 15 minutes, one use, a session of 30 minutes. */
async function recover(): Promise<void> {
  const { values } = parseArgs({ options: { org: { type: 'string' }, user: { type: 'string' } } })
  if (!values.org) throw new Error(`Which organization? ${USAGE}`)
  env()
  const org = await getOrgBySlug(values.org)
  if (!org) throw new Error(`There is no organization "${values.org}".`)
  const person = await findRecoverable(org.orgId, values.user)
  if (!person) throw new Error(nobody(org.name, values.user))
  if (person.role !== 'owner') await makeOwner(org, person.id)
  const link = await createRecoveryLink(org.orgId, person.id)
  console.log(`Opens ${org.name} as ${person.name} (owner), once, within 15 minutes:\n${link}`)
}

const nobody = (org: string, user: string | undefined): string =>
  user
    ? `${org} has no active person with the user name "${user}".`
    : `${org} has no active owner. Name an active person to make owner: ${USAGE}`

await runCommand(recover)
