import { spawnSync } from 'node:child_process'
import { existsSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { type Host, runProgram } from './embedded-host'

/**
 * Stops the server that an earlier, killed run left on this data folder. A pid that now belongs to another program is
 * left alone; only the stale file goes.
 */
export async function stopLeftover(host: Host): Promise<void> {
  const file = join(host.data, 'postmaster.pid')
  if (!existsSync(file)) return
  const pid = Number(readFileSync(file, 'utf8').split('\n')[0])
  if (!isOurServer(pid, host.data)) return rmSync(file, { force: true })
  const stop = (mode: string) => runProgram(host, 'pg_ctl', ['stop', '-D', host.data, '-m', mode, '-w', '-t', '10'])
  if (stop('fast').ok || stop('immediate').ok || !isOurServer(pid, host.data)) return
  throw new Error(`A Postgres of an earlier run (process ${pid}) holds ${host.data} and does not stop. End it by hand.`)
}

function isOurServer(pid: number, data: string): boolean {
  if (!Number.isInteger(pid) || pid <= 1) return false
  return commandLine(pid).includes(data)
}

function commandLine(pid: number): string {
  if (process.platform === 'linux') {
    try {
      return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ')
    } catch {
      return ''
    }
  }
  const query = `(Get-CimInstance Win32_Process -Filter 'ProcessId=${pid}').CommandLine`
  const [command, args] =
    process.platform === 'win32'
      ? ['powershell', ['-NoProfile', '-Command', query]]
      : ['ps', ['-ww', '-o', 'command=', '-p', String(pid)]]
  return spawnSync(command, args, { encoding: 'utf8' }).stdout ?? ''
}
