import { type Job, run } from './load'
import { type OpenJob, open, type ToldJob, told, type WriteJob, write } from './streams'

/** A client's process: it shares nothing with what it measures but the machine. Jobs come by message. */
type Message = { id: number } & ({ job: Job } | { open: OpenJob } | { told: ToldJob } | { write: WriteJob })

function outcomeOf(message: Message): Promise<unknown> {
  if ('job' in message) return run(message.job)
  if ('open' in message) return open(message.open)
  return 'told' in message ? told(message.told) : write(message.write)
}

process.on('message', async (message: Message) => {
  try {
    process.send?.({ id: message.id, outcome: await outcomeOf(message) })
  } catch (error) {
    process.send?.({ id: message.id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
})
process.on('disconnect', () => process.exit(0))
