import { type Job, run } from './load'
import { type StreamJob, watch } from './streams'

/** The client's process: it shares nothing with what it measures but the machine. Jobs come by message. */
type Message = { id: number } & ({ job: Job } | { streams: StreamJob })

process.on('message', async (message: Message) => {
  try {
    const outcome = 'job' in message ? await run(message.job) : await watch(message.streams)
    process.send?.({ id: message.id, outcome })
  } catch (error) {
    process.send?.({ id: message.id, error: error instanceof Error ? (error.stack ?? error.message) : String(error) })
  }
})
process.on('disconnect', () => process.exit(0))
