'use client'

import { useEffect, useEffectEvent } from 'react'
import { isTyping, keysAreOn, singleKey } from './keys'

/** Calls `onKey` with each single key pressed, unless somebody is typing or has turned shortcuts off. True: it was used. */
export function useKeys(onKey: (key: string, event: KeyboardEvent) => boolean): void {
  const use = useEffectEvent((event: KeyboardEvent) => {
    const key = singleKey(event)
    if (key === null || isTyping(event.target) || !keysAreOn()) return
    if (onKey(key, event)) event.preventDefault()
  })
  useEffect(() => {
    const listen = (event: KeyboardEvent) => use(event)
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [])
}
