import 'server-only'
import type { Metadata } from 'next'
import { authorize, currentGuest } from '@/lib/auth/authorize'

type Params = Promise<{ org: string }>

/** "Users · Porter" for who is signed in there, with `guests` also for who came by a setup link; nobody else learns the name. */
export async function titleOf(params: Params, title: string, { guests = false } = {}): Promise<Metadata> {
  const { org } = await params
  const answer = await authorize(org, 'member')
  const known = 'viewer' in answer ? answer.viewer : guests ? await currentGuest(org) : null
  return { title: { absolute: known ? `${title} · ${known.orgName}` : 'Rollcall' } }
}
