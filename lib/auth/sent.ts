/** The parameters of an action by their names. */
export type Sent = Readonly<Record<string, string | FormData>>

/**
 * What an action was called with, by the names of its parameters: `form` must be a form, everything else text. Types say
 * so of our own pages; over HTTP whoever knows the action's id sends what they like. Throws before a door is asked, which
 * is answered with 400 (begun.ts).
 */
export function expectSent(sent: Readonly<Record<string, unknown>>): void {
  for (const [name, value] of Object.entries(sent)) {
    const fits = name === 'form' ? value instanceof FormData : typeof value === 'string'
    if (!fits)
      throw new TypeError(`An action was sent something else than ${name === 'form' ? 'a form' : 'text'}: ${name}`)
  }
}
