import ChevronsUpDown from 'lucide-react/icons/chevrons-up-down'
import Plus from 'lucide-react/icons/plus'
import { Mark } from '@/components/ui/mark'
import { Menu, MenuLink } from '@/components/ui/menu'
import type { HeldSession } from '@/lib/auth/held-sessions'

type Props = { org: { slug: string; name: string; role: string }; held: HeldSession[] }

/** Which organization this is, and the others this browser is signed in to. */
export function OrgSwitcher({ org, held }: Props) {
  const others = held.filter(({ slug }) => slug !== org.slug)
  const trigger = (
    <>
      <Mark className="size-7 shrink-0" />
      <span className="min-w-0 flex-1 text-left leading-tight">
        <span className="block truncate font-semibold tracking-tight" title={org.name}>
          {org.name}
        </span>
        <span className="block text-xs text-muted">Rollcall</span>
      </span>
      <ChevronsUpDown size={14} aria-hidden="true" className="text-muted" />
      <span className="sr-only">Switch organization</span>
    </>
  )
  return (
    <Menu
      trigger={trigger}
      className="flex w-full min-w-0 items-center gap-2.5 rounded-md p-1 pr-2 hover:bg-raised max-md:min-h-11"
    >
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
