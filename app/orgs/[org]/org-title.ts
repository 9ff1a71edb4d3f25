import 'server-only'
import type { Metadata } from 'next'
import { authorize } from '@/lib/auth/authorize'

/** "Users · Porter" for who is signed in there; nobody else learns the name. */
export async function titleOf(params: Promise<{ org: string }>, title: string): Promise<Metadata> {
  const answer = await authorize((await params).org, 'member')
  return { title: { absolute: 'viewer' in answer ? `${title} · ${answer.viewer.orgName}` : 'Rollcall' } }
}
