export type JsonToken = { kind: 'key' | 'string' | 'number' | 'word' | 'plain'; text: string }

const PARTS = /("(?:[^"\\]|\\.)*")(\s*:)?|(-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?)|\b(true|false|null)\b/g

/** Splits JSON text into coloured parts; joined again they are the text. Text that is no JSON stays whole. */
export function jsonTokens(text: string): JsonToken[] {
  const tokens: JsonToken[] = []
  let end = 0
  const push = (kind: JsonToken['kind'], part: string | undefined) => {
    if (part) tokens.push({ kind, text: part })
  }
  for (const match of text.matchAll(PARTS)) {
    const [whole, string, colon, number, word] = match
    push('plain', text.slice(end, match.index))
    if (string) push(colon ? 'key' : 'string', string)
    push('plain', colon)
    push('number', number)
    push('word', word)
    end = match.index + whole.length
  }
  push('plain', text.slice(end))
  return tokens
}
