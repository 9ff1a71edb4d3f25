/** @jsxImportSource hono/jsx */
import type { Child } from 'hono/jsx'

const DISCLAIMER = 'A stand-in for trying Rollcall on one machine. It is not made by Okta and holds no passwords.'

type DocumentProps = { title: string; centred?: boolean; children?: Child }

/** The frame of every page: one stylesheet, no scripts, and plainly not Okta's own. */
export function Document({ title, centred = false, children }: DocumentProps) {
  return (
    <html lang="en">
      {/* biome-ignore lint/style/noHeadElement: the rule is for Next pages; Hono renders this one */}
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <title>{title}</title>
        <link rel="icon" href="data:," />
        <link rel="stylesheet" href="/assets/okta.css" />
      </head>
      <body class={centred ? 'centred' : ''}>
        {centred ? null : (
          <a class="skip" href="#content">
            Skip to content
          </a>
        )}
        {children}
        <footer>{DISCLAIMER}</footer>
      </body>
    </html>
  )
}
