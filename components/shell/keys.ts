const OFF = 'rollcall.keys'

/** False when this browser's owner has turned the single-key shortcuts off (WCAG 2.1.4). */
export const keysAreOn = (): boolean => {
  try {
    return localStorage.getItem(OFF) !== 'off'
  } catch {
    return true
  }
}

export function turnKeys(on: boolean): void {
  try {
    if (on) localStorage.removeItem(OFF)
    else localStorage.setItem(OFF, 'off')
  } catch {
    // A browser that keeps nothing: they stay on.
  }
}

/** What of a key press decides; a KeyboardEvent fits. */
export type Press = Pick<KeyboardEvent, 'key' | 'metaKey' | 'ctrlKey' | 'altKey' | 'isComposing' | 'defaultPrevented'>

/** The single key that was pressed, or null when it belongs to the browser, an input method or another handler. */
export function singleKey(press: Press): string | null {
  if (press.metaKey || press.ctrlKey || press.altKey || press.isComposing || press.defaultPrevented) return null
  return press.key.length === 1 ? press.key.toLowerCase() : press.key
}

/** True for Cmd K and Ctrl K, with no other key held. */
export const isPaletteKey = (press: Press & Pick<KeyboardEvent, 'shiftKey'>): boolean =>
  press.key.toLowerCase() === 'k' && press.metaKey !== press.ctrlKey && !press.altKey && !press.shiftKey

const typed = 'input:not([type=checkbox], [type=radio], [type=button], [type=submit]), textarea, select'

/** True while the person writes into something. */
export const isTyping = (target: EventTarget | null): boolean =>
  target instanceof Element &&
  (target.matches(typed) || target.closest('[contenteditable=""], [contenteditable=true]') !== null)

/** How long the second key of a sequence may take. */
export const SEQUENCE_MS = 1500

export type Sequence = { at: number } | null

/** G, then a letter within 1.5 s: returns the letter, or the state to go on with. */
export function step(state: Sequence, key: string, now: number): { state: Sequence; letter: string | null } {
  if (state && now - state.at <= SEQUENCE_MS && /^[a-z]$/.test(key)) return { state: null, letter: key }
  return { state: key === 'g' ? { at: now } : null, letter: null }
}
