import { spawnSync } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'

/** CPU time used so far by a process and its living children, in milliseconds; null where the system does not say. */
export function cpuOf(pid: number): number | null {
  return process.platform === 'linux' ? fromProc(pid) : process.platform === 'win32' ? null : fromPs(pid)
}

// The kernel counts in hundredths of a second on every common Linux.
const TICK_MS = 10

function fromProc(pid: number): number | null {
  let total = 0
  let found = false
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue
    try {
      const stat = readFileSync(`/proc/${name}/stat`, 'utf8')
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
      if (Number(name) !== pid && Number(fields[1]) !== pid) continue
      found = true
      total += Number(fields[11]) + Number(fields[12])
    } catch {
      // Gone between the list and the look.
    }
  }
  return found ? total * TICK_MS : null
}

/** macOS and others: `ps` writes [[dd-]hh:]mm:ss.cc. */
function fromPs(pid: number): number | null {
  const { stdout } = spawnSync('ps', ['-A', '-o', 'pid=,ppid=,time='], { encoding: 'utf8' })
  let total = 0
  let found = false
  for (const line of (stdout ?? '').split('\n')) {
    const [own, parent, time = ''] = line.trim().split(/\s+/)
    if (Number(own) !== pid && Number(parent) !== pid) continue
    found = true
    const parts = time.split(/[-:]/).map(Number).reverse()
    total += [1, 60, 3600, 86_400].reduce((sum, unit, i) => sum + unit * (parts[i] ?? 0), 0)
  }
  return found ? total * 1000 : null
}

/** Memory a process holds now, in MiB; null where the system does not say. */
export function memoryOf(pid: number): number | null {
  if (process.platform === 'win32') return null
  const { stdout } = spawnSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })
  const kib = Number((stdout ?? '').trim())
  return kib > 0 ? kib / 1024 : null
}
