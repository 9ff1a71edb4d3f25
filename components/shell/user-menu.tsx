import BadgeCheck from 'lucide-react/icons/badge-check'
import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down'
import LogOut from 'lucide-react/icons/log-out'
import { Avatar } from '@/components/ui/avatar'
import { Menu, MenuButton, MenuLink } from '@/components/ui/menu'
import { menuItem } from '@/components/ui/menu-item'
import type { Viewer } from '@/lib/auth/authorize'
import { HelpButton } from './palette-button'
import type { Theme } from './theme'
import { ThemeToggle } from './theme-toggle'

type Props = { viewer: Viewer; theme: Theme; themeAction: (form: FormData) => Promise<void> }

/** Who is signed in here, as what; their own page, the colours, the way out. */
export function UserMenu({ viewer, theme, themeAction }: Props) {
  const { displayName, userName, role, sessionKind, orgSlug } = viewer
  const trigger = (
    <>
      <Avatar name={displayName} />
      <span className="min-w-0 flex-1 text-left leading-tight">
        <span className="block truncate font-medium" title={userName}>
          {displayName}
        </span>
        <span className="block text-xs text-muted">
          {role}
          {sessionKind === 'recovery' ? ' · recovery session' : ''}
        </span>
      </span>
      <ChevronsUpDown size={14} aria-hidden="true" className="text-muted" />
      <span className="sr-only">Your account</span>
    </>
  )
  return (
    <Menu
      trigger={trigger}
      className="flex w-full min-w-0 items-center gap-2.5 rounded-md p-1 pr-2 hover:bg-raised max-md:min-h-11"
    >
      <p className="truncate px-2.5 pt-1.5 pb-1 text-xs text-muted">{userName}</p>
      <MenuLink href={`/orgs/${orgSlug}/access`}>
        <BadgeCheck size={14} aria-hidden="true" />
        My access
      </MenuLink>
      <HelpButton className={menuItem} />
      <div className="flex items-center justify-between gap-3 px-2.5 py-1.5">
        <span className="text-sm">Theme</span>
        <ThemeToggle current={theme} action={themeAction} />
      </div>
      <hr className="my-1 border-border" />
      <form action={`/sign-out/${orgSlug}`} method="post">
        <MenuButton>
          <LogOut size={14} aria-hidden="true" />
          Sign out
        </MenuButton>
      </form>
    </Menu>
  )
}
