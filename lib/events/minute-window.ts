import { onShutdown } from '@/lib/process'

const WINDOW_MS = 60_000
/** Keys of one org; beyond, everything counts under one key, so a crowd of addresses cannot fill the memory. */
const MAX_KEYS = 200

type Window<T> = { orgId: string; value: T; more: number; timer: NodeJS.Timeout }
export type MinuteWindow<T> = { add: (orgId: string, key: string, value: T) => void }

/**
 * At most one `emit` a minute for each key of an org: the first right away with count 1, then, at the end of each
 * minute in which more came, one with their count. What is open at shutdown is emitted then.
 */
export function minuteWindow<T>(emit: (orgId: string, value: T, count: number) => void): MinuteWindow<T> {
  const orgs = new Map<string, Map<string, Window<T>>>()

  const open = (orgId: string, windows: Map<string, Window<T>>, key: string, value: T) => {
    emit(orgId, value, 1)
    const timer = setInterval(() => close(windows, key), WINDOW_MS).unref()
    windows.set(key, { orgId, value, more: 0, timer })
  }
  const close = (windows: Map<string, Window<T>>, key: string) => {
    const window = windows.get(key)
    if (!window) return
    if (window.more > 0) {
      emit(window.orgId, window.value, window.more)
      window.more = 0
      return
    }
    clearInterval(window.timer)
    windows.delete(key)
    if (windows.size === 0) orgs.delete(window.orgId)
  }
  const add = (orgId: string, key: string, value: T) => {
    const windows = orgs.get(orgId) ?? new Map<string, Window<T>>()
    orgs.set(orgId, windows)
    const slot = windows.has(key) || windows.size < MAX_KEYS ? key : ''
    const window = windows.get(slot)
    if (!window) return open(orgId, windows, slot, value)
    window.more += 1
    window.value = value
  }

  onShutdown(() => {
    for (const windows of orgs.values()) {
      for (const window of windows.values()) {
        clearInterval(window.timer)
        if (window.more > 0) emit(window.orgId, window.value, window.more)
      }
    }
    orgs.clear()
  })
  return { add }
}
