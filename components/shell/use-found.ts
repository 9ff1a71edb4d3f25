'use client'

import { useEffect, useState } from 'react'
import { upTo } from '@/components/ui/format'
import type { Item, ItemGroup } from './palette-items'

const WAIT_MS = 120
const SHORTEST = 2

/** A person and a group as the palette's route tells them. */
type FoundPerson = { id: string; displayName: string; userName: string; active: boolean }
type FoundGroup = { id: string; displayName: string; members: number; role: string | null }

/** People and groups whose name holds the words; nothing below two letters. */
export function useFound(org: string, query: string): { found: ItemGroup[]; searching: boolean } {
  const [last, setLast] = useState<{ query: string; found: ItemGroup[] }>({ query: '', found: [] })
  const wanted = query.trim().length < SHORTEST ? '' : query.trim()
  useEffect(() => {
    if (!wanted) return
    const given = new AbortController()
    const timer = setTimeout(async () => {
      const found = await find(org, wanted, given.signal)
      if (!given.signal.aborted) setLast({ query: wanted, found })
    }, WAIT_MS)
    return () => {
      clearTimeout(timer)
      given.abort()
    }
  }, [org, wanted])
  if (!wanted) return { found: [], searching: false }
  // Until the answer is here the last one stays, so that the list does not jump at each letter.
  return { found: last.found, searching: last.query !== wanted }
}

async function find(org: string, query: string, signal: AbortSignal): Promise<ItemGroup[]> {
  try {
    const answer = await fetch(`/api/orgs/${org}/palette?q=${encodeURIComponent(query)}`, { signal })
    if (!answer.ok) return []
    // Our own route, from the same build.
    const { people, groups } = (await answer.json()) as { people: FoundPerson[]; groups: FoundGroup[] }
    const admin = `/orgs/${org}/admin`
    return [
      { value: 'People', items: people.map((person) => personItem(admin, person)) },
      { value: 'Groups', items: groups.map((group) => groupItem(admin, group)) },
    ].filter(({ items }) => items.length > 0)
  } catch {
    // Given up, or the server is away: pages and actions still work.
    return []
  }
}

const personItem = (admin: string, { id, displayName, userName, active }: FoundPerson): Item => ({
  id,
  label: displayName,
  note: active ? userName : `${userName} · deactivated`,
  href: `${admin}/users/${id}`,
})

const groupItem = (admin: string, { id, displayName, members, role }: FoundGroup): Item => ({
  id,
  label: displayName,
  note: `${upTo(members)} ${members === 1 ? 'member' : 'members'}${role ? ` · gives ${role}` : ''}`,
  href: `${admin}/groups/${id}`,
})
