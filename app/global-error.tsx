'use client'

import { Problem } from '@/components/shell/problem'
import './globals.css'

type Props = { error: Error & { digest?: string } }

const retry = () => location.reload()

export default function GlobalError({ error }: Props) {
  return (
    <html lang="en" data-theme="system">
      <body className="min-h-dvh bg-canvas text-text">
        <title>Something broke · Rollcall</title>
        <Problem error={error} retry={retry} />
      </body>
    </html>
  )
}
