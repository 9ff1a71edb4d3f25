'use client'

import { useRouter } from 'next/navigation'
import { lazy, Suspense, useEffect, useEffectEvent, useRef, useState } from 'react'
import { OPEN_HELP, OPEN_PALETTE } from './command-events'
import { type CommandFacts, commandGroups, copyText } from './command-groups'
import { isPaletteKey, type Sequence, step } from './keys'
import { pagesOf } from './pages'
import { ShortcutHelp } from './shortcut-help'
import { useKeys } from './use-keys'

const Palette = lazy(() => import('./palette').then(({ Palette }) => ({ default: Palette })))

/** The keyboard of every page: the palette on ⌘K, the map of keys on ?, G-sequences, / for the search field, C for the address. */
export function Commands(facts: CommandFacts) {
  const router = useRouter()
  // Counted up, not on and off: who asks again before the browser has told of the last close gets a new one.
  const [opened, setOpened] = useState(0)
  const [said, setSaid] = useState('')
  const help = useRef<HTMLDialogElement>(null)
  const sequence = useRef<Sequence>(null)
  const sections = pagesOf(facts.viewer)

  const showHelp = useEffectEvent(() => help.current?.open || help.current?.showModal())
  const showPalette = useEffectEvent(() => {
    if (!document.querySelector('.palette:modal')) setOpened(opened + 1)
  })
  useEffect(() => {
    const onPalette = () => showPalette()
    const onHelp = () => showHelp()
    const onKey = (event: KeyboardEvent) => {
      if (!isPaletteKey(event)) return
      event.preventDefault()
      showPalette()
    }
    addEventListener('keydown', onKey)
    addEventListener(OPEN_PALETTE, onPalette)
    addEventListener(OPEN_HELP, onHelp)
    return () => {
      removeEventListener('keydown', onKey)
      removeEventListener(OPEN_PALETTE, onPalette)
      removeEventListener(OPEN_HELP, onHelp)
    }
  }, [])

  useKeys((key, event) => {
    if (document.querySelector('dialog:modal')) return false
    const { state, letter } = step(sequence.current, key, event.timeStamp)
    sequence.current = state
    const page = sections.flatMap(({ pages }) => pages).find(({ go }) => go === letter)
    if (page) router.push(page.href)
    else if (key === '?') showHelp()
    else if (key === 'c') void copyText(location.href, setSaid)
    else if (key === '/') return focusSearch()
    else return false
    return true
  })
  return (
    <>
      <ShortcutHelp ref={help} sections={sections} />
      <Said text={said} done={() => setSaid('')} />
      {opened > 0 ? (
        <Suspense>
          <Palette
            key={opened}
            org={facts.viewer.orgSlug}
            admin={sections.length > 1}
            groups={commandGroups(facts, setSaid)}
            onClose={() => setOpened((now) => (now === opened ? 0 : now))}
          />
        </Suspense>
      ) : null}
    </>
  )
}

/** Puts the cursor into the page's search field; false when it has none. */
function focusSearch(): boolean {
  const fields = document.querySelectorAll<HTMLInputElement>('main input[type=search], main [data-search]')
  const field = [...fields].find((each) => each.offsetParent !== null)
  field?.focus()
  field?.select()
  return field !== undefined
}

const SAID_MS = 4000

/** What came of an action taken from the keyboard, for a while. */
function Said({ text, done }: { text: string; done: () => void }) {
  const end = useEffectEvent(done)
  useEffect(() => {
    if (!text) return
    const timer = setTimeout(end, SAID_MS)
    return () => clearTimeout(timer)
  }, [text])
  const look =
    'fixed inset-x-4 bottom-4 z-40 mx-auto w-fit rounded-card border border-border bg-surface px-4 py-2 shadow-card'
  return (
    <p role="status" className={text ? look : 'sr-only'}>
      {text}
    </p>
  )
}
