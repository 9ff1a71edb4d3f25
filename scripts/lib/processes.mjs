import { spawnSync } from 'node:child_process'
import { readFileSync } from 'node:fs'

/** Whether a process with this id exists. */
export function isAlive(pid) {
  try {
    process.kill(pid, 0)
    return true
  } catch (error) {
    return error.code === 'EPERM'
  }
}

/**
 * What tells one process from a later one with the same id: its start time, as the system writes it.
 * Empty when there is no such process or the system does not say.
 */
export function startStamp(pid) {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
      return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19] ?? ''
    } catch {
      return ''
    }
  }
  const [command, args] =
    process.platform === 'win32'
      ? ['powershell', ['-NoProfile', '-Command', `(Get-Process -Id ${pid}).StartTime.Ticks`]]
      : ['ps', ['-o', 'lstart=', '-p', String(pid)]]
  return (spawnSync(command, args, { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } }).stdout ?? '').trim()
}

/** Whether the process noted earlier is still the same one. */
export const isSame = ({ pid, stamp }) => stamp !== '' && isAlive(pid) && startStamp(pid) === stamp

/** Sends a signal to a process and all of its group; silent when it is gone. */
export function signalGroup(pid, signal) {
  if (process.platform === 'win32') {
    spawnSync('taskkill', ['/pid', String(pid), '/T', '/F'], { stdio: 'ignore' })
    return
  }
  for (const id of [-pid, pid]) {
    try {
      process.kill(id, signal)
    } catch {}
  }
}

export const sleep = (ms) => new Promise((resolve) => setTimeout(resolve, ms))

/** Waits until the check is true; false when the time is over. */
export async function until(check, ms, step = 25) {
  for (const end = Date.now() + ms; Date.now() < end; await sleep(step)) if (await check()) return true
  return Boolean(await check())
}
