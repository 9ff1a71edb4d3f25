import LogOut from 'lucide-react/icons/log-out'
import { Avatar } from '@/components/ui/avatar'
import type { Viewer } from '@/lib/auth/authorize'
import type { Theme } from './theme'
import { ThemeToggle } from './theme-toggle'

type Props = { viewer: Viewer; theme: Theme; themeAction: (form: FormData) => Promise<void> }

/** Who is signed in here, as what, and the way out. */
export function Account({ viewer, theme, themeAction }: Props) {
  return (
    <section aria-label="Your account" className="grid gap-3">
      <div className="flex items-center gap-2.5 px-1">
        <Avatar name={viewer.displayName} />
        <div className="min-w-0">
          <p className="truncate font-medium" title={viewer.userName}>
            {viewer.displayName}
          </p>
          <p className="text-xs text-muted">
            {viewer.role}
            {viewer.sessionKind === 'recovery' ? ' · recovery session' : ''}
          </p>
        </div>
      </div>
      <div className="flex items-center justify-between gap-2">
        <ThemeToggle current={theme} action={themeAction} />
        <form action={`/sign-out/${viewer.orgSlug}`} method="post">
          <button
            type="submit"
            className="inline-flex min-h-8 items-center gap-1.5 rounded-md px-2 text-sm text-muted hover:bg-raised hover:text-text max-md:min-h-11"
          >
            <LogOut size={14} aria-hidden="true" />
            Sign out
          </button>
        </form>
      </div>
    </section>
  )
}
