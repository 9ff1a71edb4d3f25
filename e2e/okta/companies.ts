import { spawn } from 'node:child_process'
import { z } from 'zod'
import type { Config } from './config'
import { OktaError } from './errors'
import { oneAtATime } from './lock'
import type { Org } from './store'

/** How many a click makes at most; more is a load test, which has its own command. */
export const companiesSchema = z.strictObject({ count: z.number().int().min(1).max(50) })

export type Companies = {
  /** Whether this stand-in was told how companies are made. */
  canMake: boolean
  /** Has the app make so many more companies, then takes them in. 409 when it was not told how, or when that failed. */
  make: (count: number) => Promise<Org[]>
  /** Takes in the companies the config names by now and this process does not know. */
  reload: () => Promise<Org[]>
}

/** `command` is the program that makes companies in the app and writes them into the config; the count goes last. */
export function companiesOf(
  command: string[],
  readConfig: () => Config,
  takeIn: (config: Config) => Promise<Org[]>,
): Companies {
  const reload = () => oneAtATime('config', async () => takeIn(readConfig()))
  return {
    canMake: command.length > 0,
    reload,
    make: async (count) => {
      if (command.length === 0) {
        throw new OktaError(409, 'This stand-in was not told how companies are made: start it with npm run demo.')
      }
      return oneAtATime('companies', async () => {
        await run([...command, String(count)])
        return reload()
      })
    },
  }
}

function run([program = '', ...args]: string[]): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { stdio: ['ignore', 'inherit', 'pipe'] })
    let said = ''
    child.stderr.on('data', (chunk: Buffer) => {
      said = `${said}${chunk}`.slice(-2000)
    })
    child.once('error', reject)
    child.once('close', (code) => {
      if (code === 0) resolve()
      else reject(new OktaError(409, `The companies were not made: ${said.trim() || `exit code ${code}`}`))
    })
  })
}
