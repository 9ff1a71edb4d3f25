import 'server-only'

const STYLE =
  'body{font:15px/1.5 system-ui,sans-serif;max-width:34rem;margin:20vh auto;padding:0 1.5rem}h1{font-size:1.4rem}'

/** A page that needs neither database nor scripts: `title` is its h1, `body` is our own HTML, `head` goes into its head. */
export const plainPage = ({
  nonce,
  title,
  body,
  head = '',
}: Record<'nonce' | 'title' | 'body', string> & { head?: string }) =>
  `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark"><link rel="icon" href="/icon.svg">${head}<title>${title} · Rollcall</title>
<style nonce="${nonce}">${STYLE}</style>
</head><body><main><h1>${title}</h1>
${body}</main></body></html>`
