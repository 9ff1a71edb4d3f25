/** What a page says before any script of it ran: for tests that need no browser to draw it. */

/** React puts a comment between two texts; scripts repeat what is on the page. */
const plainOf = (html: string) => html.replaceAll(/<script\b.*?<\/script>|<!--.*?-->/gs, '')

/** The words after the claims of /demo: `holds`, `does not hold` or `not yet`, one for each claim. */
export const claimsIn = (html: string): string[] =>
  [...plainOf(html).matchAll(/<span class="sr-only">: (holds|does not hold|not yet)<\/span>/g)].flatMap(
    ([, word]) => word ?? [],
  )

/** The hidden fields of each form that has a button with this text, as a browser without scripts would send them. */
export function fieldsOf(html: string, button: string): Record<string, string>[] {
  const forms = plainOf(html).match(/<form\b.*?<\/form>/gs) ?? []
  return forms
    .filter((form) => form.replaceAll(/<[^>]*>/g, '').includes(button))
    .map((form) =>
      Object.fromEntries(
        (form.match(/<input\b[^>]*type="hidden"[^>]*>/g) ?? []).map((input) => [
          attribute(input, 'name'),
          attribute(input, 'value'),
        ]),
      ),
    )
}

const attribute = (tag: string, name: string): string =>
  (new RegExp(`\\b${name}="([^"]*)"`).exec(tag)?.[1] ?? '').replaceAll('&quot;', '"').replaceAll('&amp;', '&')
