import Plus from 'lucide-react/icons/plus'
import { Mark } from '@/components/ui/mark'
import { Menu, MenuLink } from '@/components/ui/menu'
import type { HeldSession } from '@/lib/auth/held-sessions'
import { MenuFace, menuFace } from './menu-face'

type Props = { org: { slug: string; name: string; role: string }; held: HeldSession[] }

/** Which organization this is, and the others this browser is signed in to. */
export function OrgSwitcher({ org, held }: Props) {
  const others = held.filter(({ slug }) => slug !== org.slug)
  const trigger = (
    <MenuFace
      lead={<Mark className="size-7 shrink-0" />}
      name={org.name}
      title={org.name}
      note="Rollcall"
      label="Switch organization"
    />
  )
  return (
    <Menu trigger={trigger} className={menuFace}>
      <p className="px-2.5 pt-1.5 pb-1 text-xs font-medium text-muted">Signed in to</p>
      {[org, ...others].map(({ slug, name, role }) => (
        <MenuLink key={slug} href={`/orgs/${slug}`} current={slug === org.slug}>
          <span className="min-w-0 flex-1 truncate">{name}</span>
          <span className="text-xs text-muted">{role}</span>
        </MenuLink>
      ))}
      <hr className="my-1 border-border" />
      <MenuLink href="/sign-in">
        <Plus size={14} aria-hidden="true" />
        Sign in to another organization
      </MenuLink>
    </Menu>
  )
}
