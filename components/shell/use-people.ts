'use client'

import { useEffect, useState } from 'react'
import type { Item } from './palette-items'

const WAIT_MS = 120
const SHORTEST = 2

/** A person as the palette's route tells them. */
export type FoundPerson = { id: string; displayName: string; userName: string; active: boolean }

/** People whose name, user name or e-mail holds the words; nothing below two letters. */
export function usePeople(org: string, query: string): { people: Item[]; searching: boolean } {
  const [found, setFound] = useState<{ query: string; people: Item[] }>({ query: '', people: [] })
  const wanted = query.trim().length < SHORTEST ? '' : query.trim()
  useEffect(() => {
    if (!wanted) return
    const given = new AbortController()
    const timer = setTimeout(async () => {
      const people = await find(org, wanted, given.signal)
      if (!given.signal.aborted) setFound({ query: wanted, people })
    }, WAIT_MS)
    return () => {
      clearTimeout(timer)
      given.abort()
    }
  }, [org, wanted])
  if (!wanted) return { people: [], searching: false }
  // Until the answer is here the last one stays, so that the list does not jump at each letter.
  return { people: found.people, searching: found.query !== wanted }
}

async function find(org: string, query: string, signal: AbortSignal): Promise<Item[]> {
  try {
    const answer = await fetch(`/api/orgs/${org}/palette?q=${encodeURIComponent(query)}`, { signal })
    if (!answer.ok) return []
    // Our own route, from the same build.
    const { people } = (await answer.json()) as { people: FoundPerson[] }
    return people.map((person) => ({
      id: person.id,
      label: person.displayName,
      note: person.active ? person.userName : `${person.userName} · deactivated`,
      href: `/orgs/${org}/admin/users/${person.id}`,
    }))
  } catch {
    // Given up, or the server is away: pages and actions still work.
    return []
  }
}
