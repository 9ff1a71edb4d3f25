'use client'

import { createContext, type ReactNode, use } from 'react'

type Who = { displayName: string; userName: string; role: string; orgName: string; orgSlug: string }

const WhoContext = createContext<Who | null>(null)

/** Tells pages without parameters, such as a refusal, who looks at which organization. */
export function WhoProvider({ who, children }: { who: Who; children: ReactNode }) {
  return <WhoContext value={who}>{children}</WhoContext>
}

/** "You are Adam Clarke (adam@porter.example), admin at Porter." Nothing outside of an organization. */
export function WhoLine() {
  const who = use(WhoContext)
  if (!who) return null
  return (
    <p>
      You are <strong className="font-semibold text-text">{who.displayName}</strong> ({who.userName}), {who.role} at{' '}
      {who.orgName}.
    </p>
  )
}

/** The way to one's own tasks; nothing outside of an organization. */
export function useOwnPage(): string {
  const who = use(WhoContext)
  return who ? `/orgs/${who.orgSlug}` : '/'
}
