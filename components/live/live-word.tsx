import clsx from 'clsx'

export type LiveWordState = 'connecting' | 'live' | 'paused' | 'reconnecting' | 'polling' | 'ended'

const words: Record<LiveWordState, [word: string, title: string, dot: string]> = {
  connecting: ['Connecting', 'Opening the stream', 'bg-skip'],
  live: ['Live', 'New things appear by themselves', 'bg-ok beat'],
  paused: ['Paused', 'New events wait until you go on', 'bg-warn'],
  reconnecting: ['Reconnecting', 'The connection was lost; what was missed comes after', 'bg-warn beat'],
  polling: ['Polling', 'No stream can be held; the page asks every few seconds', 'bg-warn beat'],
  ended: ['Ended', 'Your session may not watch this any more', 'bg-fail'],
}

/** In one word whether the page keeps itself up to date; nothing where no script can. */
export function LiveWord({ state }: { state: LiveWordState }) {
  const [word, title, dot] = words[state]
  return (
    <span
      role="status"
      title={title}
      className="needs-script inline-flex items-center gap-2 text-xs font-medium text-muted"
    >
      <span aria-hidden="true" className={clsx('size-2 rounded-full', dot)} />
      {word}
    </span>
  )
}
