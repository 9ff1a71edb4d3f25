import type { Adapter, Payload } from 'oidc-provider'
import type { Org, Store } from './store'

type Entry = { payload: Record<string, unknown>; expiresAt: number }
type Entries = {
  get: (id: string) => Entry | undefined
  set: (id: string, entry: Entry) => void
  delete: (id: string) => void
  entries: () => Iterable<[string, Entry]>
}

/** Okta sessions go to the state file and so survive a restart; codes, tokens and sign-ins under way stay in memory. */
export function sessionAdapter(store: Store, { state }: Org): (model: string) => Adapter {
  // Read through `state` each time: a reset replaces the record.
  const durable: Entries = {
    get: (id) => state.sessions[id],
    set: (id, entry) => {
      state.sessions[id] = entry
      store.save()
    },
    delete: (id) => {
      delete state.sessions[id]
      store.save()
    },
    entries: () => Object.entries(state.sessions),
  }
  return (model) => adapterOver(model === 'Session' ? durable : new Map<string, Entry>())
}

function adapterOver(entries: Entries): Adapter {
  const sweep = () => {
    for (const [id, entry] of entries.entries()) if (entry.expiresAt <= Date.now()) entries.delete(id)
  }
  const find = (id: string): Payload | undefined => {
    const entry = entries.get(id)
    return entry && entry.expiresAt > Date.now() ? entry.payload : undefined
  }
  const findBy = (key: string, value: string): Payload | undefined => {
    for (const [id, { payload }] of entries.entries()) if (payload[key] === value) return find(id)
    return undefined
  }
  return {
    upsert: async (id, payload, expiresIn) => {
      sweep()
      entries.set(id, { payload, expiresAt: Date.now() + (expiresIn ?? 86_400) * 1000 })
    },
    find: async (id) => find(id),
    findByUid: async (uid) => findBy('uid', uid),
    findByUserCode: async (userCode) => findBy('userCode', userCode),
    consume: async (id) => {
      const entry = entries.get(id)
      if (entry) entry.payload.consumed = Math.floor(Date.now() / 1000)
    },
    destroy: async (id) => entries.delete(id),
    revokeByGrantId: async (grantId) => {
      for (const [id, { payload }] of entries.entries()) if (payload.grantId === grantId) entries.delete(id)
    },
  }
}
