import { ConfirmWithOkta } from '@/components/access/confirm-with-okta'

/** Stands where forms are that need a fresh confirmation with Okta, until there is one. */
export function ConfirmFirst({ href, children }: { href: string; children: string }) {
  return (
    <div className="flex flex-wrap items-center justify-between gap-x-6 gap-y-2 border-t border-border px-4 py-3">
      <p className="min-w-0 flex-1 basis-60 text-muted">{children} It counts for five minutes, in this session.</p>
      <ConfirmWithOkta href={href} look="plain" />
    </div>
  )
}
