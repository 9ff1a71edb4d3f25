/** @jsxImportSource hono/jsx */
import type { Waiting } from '../model'
import type { Org } from '../store'
import { PostButton } from './button'
import { clock } from './log'

/** That a job about this person or group waits for its next try, and when that is. */
export function WaitingCard({ org, subject }: { org: Org; subject: { id: string; waiting?: Waiting | undefined } }) {
  const { id, waiting } = subject
  if (!waiting) return null
  return (
    <div class="card task task-waiting">
      <p>
        <strong>Waiting</strong> {waiting.reason} Try {waiting.tries + 1} of 10 at{' '}
        <time datetime={waiting.until}>{clock(waiting.until)}</time>.
      </p>
      <PostButton action={`/admin/${org.config.slug}/tasks`} text="Retry now" fields={{ task: id }} />
    </div>
  )
}
