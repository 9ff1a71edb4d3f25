import { spawn } from 'node:child_process'
import { mkdirSync, openSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { isSame, signalGroup, startStamp, until } from './processes.mjs'
import { root } from './root.mjs'

/**
 * The processes one command starts, and the pid file that lets a later run clean up after a killed one.
 * Children are detached: a Ctrl-C reaches only the command, which stops them in order.
 */
export function createChildren(pidFile) {
  const running = []
  const note = () => {
    mkdirSync(dirname(pidFile), { recursive: true })
    const children = running.map(({ name, pid, stamp }) => ({ name, pid, stamp }))
    writeFileSync(pidFile, JSON.stringify({ pid: process.pid, stamp: startStamp(process.pid), children }))
  }

  /**
   * Starts `node …args`; output goes to `log`, or to this terminal without one.
   * @param {string} name
   * @param {string[]} args
   * @param {{ env?: NodeJS.ProcessEnv, log?: string | undefined }} options
   */
  function start(name, args, { env = process.env, log } = {}) {
    const out = log ? openSync(log, 'w') : 'inherit'
    const child = spawn(process.execPath, args, { cwd: root, env, detached: true, stdio: ['ignore', out, out] })
    /** @type {Promise<{ code: number | null, signal: string | null }>} */
    const ended = new Promise((resolve) => {
      child.once('exit', (code, signal) => {
        entry.exited = true
        resolve({ code, signal })
      })
    })
    const entry = { name, pid: child.pid ?? 0, stamp: '', log, exited: false, stopping: false, ended }
    child.once('error', () => {
      entry.exited = true
    })
    entry.stamp = startStamp(entry.pid)
    running.push(entry)
    note()
    return entry
  }

  /** Asks a child to stop, and ends its whole group when it has not within the time. */
  async function stop(entry, ms = 2000) {
    entry.stopping = true
    if (!entry.exited) {
      if (process.platform === 'win32') signalGroup(entry.pid, 'SIGTERM')
      else process.kill(entry.pid, 'SIGTERM')
      await until(() => entry.exited, ms)
    }
    signalGroup(entry.pid, 'SIGKILL')
    running.splice(running.indexOf(entry), 1)
  }

  /** Stops everything, the last started first, and removes the pid file. */
  async function stopAll(ms) {
    for (const entry of [...running].reverse()) await stop(entry, ms)
    rmSync(pidFile, { force: true })
  }

  const killAll = () => {
    for (const { pid } of running) signalGroup(pid, 'SIGKILL')
  }

  return { start, stop, stopAll, killAll, note, running }
}

/**
 * Looks at the pid file of an earlier run. `null` when there is none; `{ live }` with its pid when that run is going
 * on; otherwise its forgotten children are stopped and `{ stopped }` names them.
 */
export async function clearLeftover(pidFile) {
  let noted
  try {
    noted = JSON.parse(readFileSync(pidFile, 'utf8'))
  } catch {
    rmSync(pidFile, { force: true })
    return null
  }
  if (noted.pid !== process.pid && isSame(noted)) return { live: noted.pid, stopped: [] }
  const stopped = []
  for (const child of noted.children ?? []) {
    if (!isSame(child)) continue
    signalGroup(child.pid, 'SIGTERM')
    if (!(await until(() => !isSame(child), 2500))) signalGroup(child.pid, 'SIGKILL')
    stopped.push(child.name)
  }
  rmSync(pidFile, { force: true })
  return { live: null, stopped }
}
