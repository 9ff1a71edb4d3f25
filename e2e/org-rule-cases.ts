import { admit, previewAdmission } from '@/lib/auth/admit'
import { createSession, newSessionToken } from '@/lib/auth/create-session'
import { getMyAccess } from '@/lib/auth/my-access'
import { createRecoveryLink, findRecoverable, readRecoveryLink, redeemRecoveryLink } from '@/lib/auth/recovery'
import { revokeSessions } from '@/lib/auth/revoke'
import { readSession } from '@/lib/auth/session'
import { endAllSessions, endSession, listSessions } from '@/lib/auth/sessions'
import {
  createSetupLink,
  endSetupLink,
  openSetupLink,
  readGuest,
  readSetupLink,
  redeemSetupLink,
} from '@/lib/auth/setup-link'
import { newId } from '@/lib/ids'
import { getBrakeAlert, releaseBrake } from '@/lib/orgs/brake'
import { checkToken } from '@/lib/orgs/check-token'
import { getConnection, getProvisioning, reseal } from '@/lib/orgs/connections'
import { disconnectScim } from '@/lib/orgs/disconnect-scim'
import { checkDomain, claimDomain, listDomains, releaseDomain } from '@/lib/orgs/domains'
import { finishSetup } from '@/lib/orgs/finish-setup'
import { getOrg, getOrgBySlug, type Org } from '@/lib/orgs/orgs'
import { previewOff, setProvisioningState } from '@/lib/orgs/provisioning-state'
import { previewRetention } from '@/lib/orgs/retention-preview'
import { setScimMode } from '@/lib/orgs/scim-mode'
import { updateSettings } from '@/lib/orgs/settings'
import { getSetup } from '@/lib/orgs/setup-facts'
import { countForeignLinks, forgetForeignLinks, setSignIn, signInIsUsed } from '@/lib/orgs/sign-in-switch'
import { createToken, listTokens, revokeToken, rotateToken } from '@/lib/orgs/tokens'
import { lastRun } from '@/lib/readiness/last-run'
import { readReport } from '@/lib/readiness/report'
import { dropScratch, makeScratch, sweepScratch } from '@/lib/readiness/scratch'
import { addTask, changeTask, completeTask, reassignTask, removeTask } from '@/lib/tasks/change-tasks'
import { listAssignees, listMyTasks, listTeamTasks } from '@/lib/tasks/list-tasks'
import type { Theirs } from './rls-alone-cases'

type Ask = (org: Org, asked: Theirs) => unknown
const system = (org: Org) => ({ org, actor: { kind: 'system' } as const })
const browser = { userAgent: 'test', ip: '127.0.0.1' }

/** What lib/auth, lib/orgs, lib/tasks and lib/readiness ask and write, each with what it takes to get there. */
export const OTHERS: Record<string, Ask> = {
  'auth/admit': async (org) => {
    const claims = { issuer: 'https://x.okta.com', sub: 'x', email: `x@${org.slug}.example` }
    await previewAdmission(org, claims)
    await admit(org, claims)
  },
  'auth/create-session': async ({ orgId }, { user }) => {
    const made = await createSession(orgId, { token: newSessionToken(orgId), userId: user, epoch: 1, kind: 'okta' })
    if (!made.ok) throw new Error(made.reason)
  },
  'auth/recovery, then auth/sessions': async (org, { user }) => {
    const { orgId } = org
    await findRecoverable(orgId)
    const token = (await createRecoveryLink(orgId, user)).replace(/.*\//, '')
    await readRecoveryLink(token)
    const opened = await redeemRecoveryLink(token, browser)
    const session = await readSession(org.slug, opened?.token)
    if (session.kind !== 'live') throw new Error('No session was opened')
    await getMyAccess(session.viewer)
    await listSessions(orgId, user)
    await endSession(system(org), user, session.viewer.sessionId)
    await endAllSessions(system(org), user)
  },
  'auth/revoke': async (org, { user }) => {
    const connection = await getConnection(org.orgId)
    if (!connection) throw new Error('The test org has no connection')
    const token = { jti: newId(), issuer: connection.issuer, clientId: 'client', until: new Date(Date.now() + 60_000) }
    const rest = { ip: undefined, path: '/', trace: [] }
    const { issuer: iss } = connection
    await revokeSessions(org, connection, { token, subject: { format: 'iss_sub', iss, sub: user }, ...rest })
    const email = { format: 'email', email: `x@${org.slug}.example` } as const
    await revokeSessions(org, connection, { token: { ...token, jti: newId() }, subject: email, ...rest })
  },
  'auth/setup-link': async (org, { user }) => {
    const token = (await createSetupLink(system(org), user)).replace(/.*\//, '')
    await openSetupLink(org.orgId)
    await readSetupLink(token)
    const opened = await redeemSetupLink(token)
    await readGuest(org.slug, opened?.visit)
    await endSetupLink(system(org))
  },
  'orgs/brake': async (org) => {
    await getBrakeAlert(org.orgId)
    await releaseBrake(system(org), 15)
  },
  'orgs/connections': async (org) => {
    await getProvisioning(org.orgId)
    await reseal(org.orgId)
    await getSetup(org.orgId, 'http://localhost:3000')
    await finishSetup(system(org))
    await setScimMode(system(org), 'entra')
    await setScimMode(system(org), 'okta')
  },
  'orgs/domains': async (org) => {
    const domain = `other.${org.slug}.example`
    await claimDomain(system(org), domain)
    await listDomains(org.orgId)
    await checkDomain(system(org), domain, async () => ({ kind: 'missing' }))
    await releaseDomain(system(org), domain)
  },
  'orgs/orgs': async (org) => {
    await getOrg(org.orgId)
    await getOrgBySlug(org.slug)
  },
  'orgs/provisioning-state': async (org) => {
    await previewOff(org.orgId)
    for (const state of ['paused', 'pending', 'active'] as const) await setProvisioningState(system(org), state)
  },
  'orgs/sign-in-switch': async (org) => {
    await signInIsUsed(org.orgId)
    await countForeignLinks(org.orgId)
    await forgetForeignLinks(system(org))
    for (const state of ['off', 'on'] as const) await setSignIn(system(org), state)
  },
  'orgs/tokens': async (org) => {
    await listTokens(org.orgId)
    const made = await createToken(system(org))
    if (!made.ok) throw new Error(made.sentence)
    await checkToken(made.token, '127.0.0.1')
    const next = await rotateToken(system(org), made.id, { overlap: 0 })
    if (next.ok) await revokeToken(system(org), next.id)
  },
  'orgs/settings': async (org) => {
    await previewRetention(org.orgId, { eventDays: 30, payloadDays: 7 })
    const saved = await updateSettings(system(org), { name: `Other ${org.name}` })
    if (!saved.ok) throw new Error(JSON.stringify(saved.fields))
  },
  // Makes and drops a company of its own.
  readiness: async ({ orgId, slug }) => {
    await lastRun(orgId)
    await readReport(orgId, slug)
    await dropScratch(await makeScratch())
    await sweepScratch()
  },
  tasks: async ({ orgId }, { user }) => {
    for (const manages of [true, false]) {
      const actor = { orgId, userId: user, manages }
      const id = await addTask(actor, { title: 'Cook', dueOn: null })
      await changeTask(actor, id, { title: 'Eat', dueOn: null })
      await reassignTask(actor, id, user)
      await completeTask(actor, id, true)
      await listMyTasks(orgId, user)
      await removeTask(actor, id)
    }
    await listTeamTasks(orgId)
    await listAssignees(orgId, 'x')
  },
  'orgs/disconnect-scim': async () => {
    const scratch = await makeScratch()
    const org = await getOrg(scratch.orgId)
    const done = org && (await disconnectScim(system(org)))
    await dropScratch(scratch)
    if (!done?.ok) throw new Error('A company of its own could not be disconnected')
  },
}

/** Files that speak to the database and are asked nothing here, each with its reason; but for what demo builds hold. */
export const NOT_ASKED: Record<string, string> = {
  'auth/okta-check': 'asks Okta first',
  'auth/sign-out': 'answers a request, by auth/session and auth/sessions',
  'auth/step-up-flow': 'answers a request that comes back from Okta',
  'auth/test-connection': 'answers a request that comes back from Okta',
  'auth/watch': 'asks on a timer, what auth/session asks',
  'orgs/create': 'readiness/scratch makes a company by it',
  'orgs/save-connection': 'reads the issuer at Okta first',
}
