import { jsonTokens } from './json-tokens'

const colours = { key: 'text-accent', string: 'text-ok', number: 'text-warn', word: 'text-fail', plain: 'text-muted' }

/** A JSON value, pretty and coloured; scrolls by keyboard. */
export function Json({ value, label }: { value: unknown; label: string }) {
  const text = typeof value === 'string' ? value : (JSON.stringify(value, null, 2) ?? '')
  let offset = 0
  const tokens = jsonTokens(text).map((token) => {
    offset += token.text.length
    return { ...token, offset }
  })
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: a scrolling region has to be reachable by keyboard (WCAG 2.1.1)
    <section aria-label={`${label} as JSON`} tabIndex={0} className="max-h-120 overflow-auto bg-canvas px-4 py-3">
      <pre className="font-mono text-xs leading-5 whitespace-pre-wrap">
        {tokens.map(({ kind, text: part, offset: key }) => (
          <span key={key} className={colours[kind]}>
            {part}
          </span>
        ))}
      </pre>
    </section>
  )
}
