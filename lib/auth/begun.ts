import 'server-only'
import { AsyncLocalStorage } from 'node:async_hooks'
import { once } from '@/lib/process'

type Call = { begun: boolean }

const calls = () => once('auth.calls', () => new AsyncLocalStorage<Call>())

/** Called by the doors: from here on what goes wrong is ours. */
export function begin(): void {
  const call = calls().getStore()
  if (call) call.begun = true
}

/**
 * Lets Next answer what may be a form or an action. Where it says 500 before a door of ours was asked, it could not read
 * what was sent, which is the sender's fault: 400.
 */
export function blameUnread(res: { statusCode: number }, answer: () => void): void {
  const call: Call = { begun: false }
  let status = res.statusCode
  Object.defineProperty(res, 'statusCode', {
    get: () => status,
    set: (wanted: number) => {
      status = wanted === 500 && !call.begun ? 400 : wanted
    },
  })
  calls().run(call, answer)
}
