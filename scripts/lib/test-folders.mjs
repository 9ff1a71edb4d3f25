import { existsSync, readdirSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { load } from './bundle.mjs'
import { isAlive } from './processes.mjs'
import { at } from './root.mjs'

/** Removes what killed test runs left: folders named after a process that is gone, and the servers in them. */
export async function clearOldRuns() {
  const folder = at('.data', 'test')
  if (!existsSync(folder)) return
  for (const name of readdirSync(folder)) {
    const pid = Number(/^(?:db|run)-(\d+)$/.exec(name)?.[1])
    if (!pid || isAlive(pid)) continue
    const { removePostgres } = await load('db/embedded.ts')
    for (const place of ['.', ...readdirSync(join(folder, name)).filter((each) => each.startsWith('stack-'))])
      await removePostgres(join(folder, name, place, 'postgres'))
    rmSync(join(folder, name), { recursive: true, force: true })
  }
}
