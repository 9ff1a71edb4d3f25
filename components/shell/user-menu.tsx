import BadgeCheck from 'lucide-react/icons/badge-check'
import LogOut from 'lucide-react/icons/log-out'
import { Avatar } from '@/components/ui/avatar'
import { Menu, MenuButton, MenuLink } from '@/components/ui/menu'
import { menuItem } from '@/components/ui/menu-item'
import type { Viewer } from '@/lib/auth/authorize'
import { MenuFace, menuFace } from './menu-face'
import { HelpButton } from './palette-button'
import type { Theme } from './theme'
import { ThemeToggle } from './theme-toggle'

type Props = { viewer: Viewer; theme: Theme; themeAction: (form: FormData) => Promise<void> }

/** Who is signed in here, as what; their own page, the colours, the way out. */
export function UserMenu({ viewer, theme, themeAction }: Props) {
  const { displayName, userName, role, sessionKind, orgSlug } = viewer
  const trigger = (
    <MenuFace
      lead={<Avatar name={displayName} />}
      name={displayName}
      title={userName}
      note={`${role}${sessionKind === 'recovery' ? ' · recovery session' : ''}`}
      label="Your account"
    />
  )
  return (
    <Menu trigger={trigger} className={menuFace}>
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
