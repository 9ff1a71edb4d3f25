import Link from 'next/link'
import type { ReactNode } from 'react'
import { Wordmark } from '@/components/ui/mark'

type Props = { title: string; children: ReactNode; actions?: ReactNode }

/** A page that only says something: what happened, why, what to do. */
export function MessagePage({ title, children, actions }: Props) {
  return (
    <div className="mx-auto flex min-h-dvh max-w-xl flex-col px-5 py-8">
      <header>
        <Link href="/" className="inline-block rounded-md p-1" prefetch={false}>
          <Wordmark />
        </Link>
      </header>
      <main id="content" className="my-auto py-12">
        <Message title={title} actions={actions}>
          {children}
        </Message>
      </main>
    </div>
  )
}

/** The same message inside a page that has its frame already. */
export function Message({ title, children, actions }: Props) {
  return (
    <div className="border-l border-margin pl-6">
      <h1>{title}</h1>
      <div className="mt-2 grid max-w-prose gap-2 text-muted">{children}</div>
      {actions ? <div className="mt-5 flex flex-wrap gap-2">{actions}</div> : null}
    </div>
  )
}
