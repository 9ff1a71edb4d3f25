import { isUnavailable } from '@/db/errors'
import { shutdown } from '@/lib/process'

/** Runs an operator's command to its end: errors as one sentence, exit code 1, nothing left open. */
export async function runCommand(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    const away = 'The database cannot be reached. Start the demo (npm run demo), or set DATABASE_URL to your own.'
    console.error(isUnavailable(error) ? away : error instanceof Error ? error.message : error)
    process.exitCode = 1
  } finally {
    await shutdown()
  }
}
