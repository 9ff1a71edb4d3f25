import type { ReactNode } from 'react'
import { Card } from './card'
import { CopyButton } from './copy-button'
import { Json } from './json'

/** `children`: what is left out, and why. */
type Props = { url: string; body: Record<string, unknown>; children?: ReactNode }

/** A person or a group as SCIM answers for them, and how to ask. */
export function RawResource({ url, body, children }: Props) {
  const curl = `curl -H "Authorization: Bearer $SCIM_TOKEN" -H "Accept: application/scim+json" '${url}'`
  return (
    <Card title="As SCIM answers" note="what Okta reads">
      <div className="flex flex-wrap gap-1 px-2 py-1.5">
        <CopyButton text={JSON.stringify(body, null, 2)} label="Copy JSON" show />
        <CopyButton text={curl} label="Copy as curl" show />
      </div>
      {children ? <p className="px-4 pb-2.5 text-xs text-muted">{children}</p> : null}
      <details className="border-t border-border">
        <summary className="px-4 py-2 text-accent hover:underline">Show the resource</summary>
        <Json value={body} label="SCIM resource" />
        <pre className="border-t border-border bg-canvas px-4 py-3 font-mono text-xs whitespace-pre-wrap">{curl}</pre>
      </details>
    </Card>
  )
}
