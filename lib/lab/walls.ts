import 'server-only'
import { pgError } from '@/db/errors'
import { makeScimApp } from '@/lib/scim-api/app'
import { authenticate } from '@/lib/scim-api/authenticate'
import type { Context } from '@/lib/scim-api/context'
import { fail } from '@/lib/scim-api/failures'
import type { Ground } from './ground'
import { type Send, sender } from './send'

/** A sender with fewer walls, and what the app met on the way to its last answer. */
export type Breach = { send: Send; met: () => string | null }

/**
 * A SCIM app of this lab's own, for one request, that nobody but its caller can reach: it listens nowhere. Without wall
 * 1 the attacker's token is compared with the attacker's own company, whatever the address says; without wall 2 the
 * handlers ask for the victim's rows. Row-level security is set from the credential by the service itself
 * (lib/scim-api/app.ts), and nothing here can say otherwise.
 */
export function breach({ attacker, victim }: Ground, standing: 2 | 1): Breach {
  let met: string | null = null
  const app = makeScimApp({
    authenticate: async (c) => {
      const credential = await authenticate(c, attacker.org.slug)
      note(c, 'org', `Lab: nobody compared ${attacker.org.name}’s token with the address`)
      if (standing === 1) note(c, 'scope', `Lab: the handlers were told to ask for ${victim.org.name}’s rows`)
      return credential
    },
    scope: (credential) => (standing === 1 ? victim.org : credential.org),
  })
  app.onError((error, c) => {
    met = pgError(error)?.message ?? null
    return fail(error, c)
  })
  return { send: sender((request) => app.fetch(request, { address: '127.0.0.1' })), met: () => met }
}

function note(c: Context, step: string, text: string): void {
  const others = c.get('trace').filter((each) => each.step !== step)
  c.set('trace', [...others, { step, outcome: 'skipped', text }])
}
