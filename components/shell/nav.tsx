import Activity from 'lucide-react/icons/activity'
import BadgeCheck from 'lucide-react/icons/badge-check'
import Gauge from 'lucide-react/icons/gauge'
import ListChecks from 'lucide-react/icons/list-checks'
import Network from 'lucide-react/icons/network'
import Settings from 'lucide-react/icons/settings'
import Shapes from 'lucide-react/icons/shapes'
import Users from 'lucide-react/icons/users'
import Wand from 'lucide-react/icons/wand'
import type { Viewer } from '@/lib/auth/authorize'
import { NavLink } from './nav-link'
import { type PageIcon, pagesOf } from './pages'

const icons: Record<PageIcon, typeof Users> = {
  overview: Gauge,
  users: Users,
  groups: Shapes,
  events: Activity,
  settings: Settings,
  setup: Wand,
  tasks: ListChecks,
  access: BadgeCheck,
  team: Network,
}

type Props = { viewer: Pick<Viewer, 'orgSlug' | 'role'>; label: string }

/** What this person may open; the pages decide again. */
export function Nav({ viewer, label }: Props) {
  const sections = pagesOf(viewer)
  return (
    <nav aria-label={label} className="grid gap-4">
      {sections.map(({ title, pages }) => (
        <div key={title} className="grid gap-0.5">
          {sections.length > 1 ? <p className="mb-1 px-2.5 text-xs font-medium text-muted">{title}</p> : null}
          {pages.map(({ href, name, icon, exact }) => {
            const Icon = icons[icon]
            return (
              <NavLink key={href} href={href} exact={exact}>
                <Icon size={16} aria-hidden="true" />
                {name}
              </NavLink>
            )
          })}
        </div>
      ))}
    </nav>
  )
}
