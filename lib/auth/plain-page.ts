import 'server-only'

/** The look of the other messages (app/globals.css), in a page that loads nothing. */
const STYLE = `body{font:14px/20px ui-sans-serif,system-ui,sans-serif;max-width:34rem;margin:20vh auto;padding:0 1.25rem;
background:light-dark(oklch(.975 .004 255),oklch(.165 .014 262));color:light-dark(oklch(.23 .025 262),oklch(.94 .008 255))}
main{border-left:1px solid light-dark(oklch(.72 .14 18),oklch(.62 .13 18));padding-left:1.5rem}
h1{font-size:20px;line-height:28px;letter-spacing:-.015em;margin:0}
p{margin:8px 0 0;color:light-dark(oklch(.47 .024 260),oklch(.735 .02 257))}`

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
