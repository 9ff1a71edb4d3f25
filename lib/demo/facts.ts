import type { EventTrace, Role } from '@/db/types'
import type { Outcome } from '@/lib/events/types'
import type { OktaPerson, OktaRequest } from './okta'

/** One event as the director shows it: rendered from facts, so that a recording needs nothing else. */
export type StoryEvent = {
  ref: string
  at: string
  type: string
  outcome: Outcome
  text: string
  detail: string | null
  status: number | null
  roleAfter: Role | null
  sessionsEnded: number
  trace: EventTrace[]
}

export type StoryPerson = { id: string; name: string; login: string; role: Role; active: boolean }

/** What Rollcall knows of one company. */
export type CompanyFacts = { slug: string; name: string; people: StoryPerson[]; events: StoryEvent[] }

/** What Rollcall knows of John, while he exists. */
export type JohnFacts = StoryPerson & {
  externalId: string | null
  /** `sub` of the Okta identity that may sign in as him. */
  linkedSub: string | null
  liveSessions: number
  tasks: number
  /** Tasks he had before he left. */
  tasksKept: number
  /** His life so far, oldest first. */
  life: StoryEvent[]
  /** How long after the commit of his leaving the last open tab had been told, and how many were. */
  told: { ms: number; count: number } | null
}

/** The attempt on White Rabbit: the person it was aimed at, and what the logs hold of it. */
export type AttemptFacts = {
  victim: StoryPerson & { updatedAt: string }
  /** Porter's own log: its token was used elsewhere, and its address was asked for somebody else's id. */
  blocked: StoryEvent | null
  notFound: StoryEvent | null
  /** White Rabbit's log: somebody knocked with a token of another company. */
  refused: StoryEvent | null
}

/** What both sides say at one moment. Plain data: a recording is a list of these. */
export type Facts = {
  at: string
  /** Null: the stand-in does not answer. */
  okta: { porter: OktaPerson[]; whiteRabbit: OktaPerson[]; sent: OktaRequest[] } | null
  porter: CompanyFacts
  whiteRabbit: CompanyFacts
  john: JohnFacts | null
  attempt: AttemptFacts
}

export const JOHN = {
  firstName: 'John',
  lastName: 'Doe',
  login: 'john.doe@porter.example',
  title: 'Night porter',
  department: 'Operations',
}
