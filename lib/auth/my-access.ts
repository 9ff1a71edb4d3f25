import 'server-only'
import { and, eq } from 'drizzle-orm'
import { idpLinks } from '@/db/schema'
import { withOrg } from '@/db/tenant'
import { getPerson, type Person } from '@/lib/directory/person'
import type { Viewer } from './session'
import { listSessions, type SessionView } from './sessions'

/** What a person may know about their own access: who they are here, by which Okta identity, and where signed in. */
export type MyAccess = {
  person: Person
  link: { issuer: string; linkedAt: Date } | null
  sessions: (SessionView & { current: boolean })[]
}

/** The viewer's own access, or null when they were removed this very moment. */
export async function getMyAccess({ orgId, userId, sessionId }: Viewer): Promise<MyAccess | null> {
  const [person, sessions, link] = await Promise.all([
    getPerson(orgId, userId),
    listSessions(orgId, userId),
    withOrg(orgId, async (tx) => {
      const mine = and(eq(idpLinks.orgId, orgId), eq(idpLinks.userId, userId))
      const [row] = await tx.select({ issuer: idpLinks.issuer, linkedAt: idpLinks.linkedAt }).from(idpLinks).where(mine)
      return row ?? null
    }),
  ])
  return person && { person, link, sessions: sessions.map((each) => ({ ...each, current: each.id === sessionId })) }
}
