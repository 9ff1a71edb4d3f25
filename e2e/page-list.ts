import { pages } from './access/routes'
import { rows } from './access/rows'

/** Who looks at a page: nobody signed in, a member, an admin, or the IT person who came by a setup link. */
export type Visitor = 'anonymous' | 'member' | 'admin' | 'guest'
type Entry = [path: string, who: Visitor]

const of =
  (who: Visitor, base = '') =>
  (path: string): Entry => [`${base}${path}`, who]

/**
 * Every page of a production build, in each form it takes; axe and the pictures walk through it. A word in capitals is an
 * id that the stage (stage.ts) fills in.
 */
export const pageList: Entry[] = [
  ...[
    '/',
    '/learn',
    '/sign-in',
    '/sign-in?unknown=1',
    '/sign-in/porter',
    '/sign-in/nobody',
    '/denied?org=porter',
    '/recover/used',
    '/recover/RECOVERY',
    '/setup/used',
    '/setup/INVITATION',
    '/nothing-here',
  ].map(of('anonymous')),
  ...['', '/admin/users'].map(of('member', '/orgs/porter')),
  ...['idp', 'sign-in', 'provisioning', 'done'].map(of('guest', '/orgs/porter/admin/setup?step=')),
  ...[
    '',
    '/team',
    '/access',
    '/step-up',
    '/admin',
    '/admin/users?tab=all',
    '/admin/users?q=nobody-has-this-name',
    '/admin/users/PERSON',
    '/admin/users/GONE',
    '/admin/users/00000000-0000-7000-8000-000000000000',
    '/admin/users/LOCAL/edit',
    '/admin/users/new',
    '/admin/users/import',
    '/admin/users/review',
    '/admin/groups',
    '/admin/groups?q=nothing-has-this-name',
    '/admin/groups/GROUP',
    '/admin/groups/GROUP?role=admin',
    '/admin/events?reads=1',
    '/admin/events?q=type:token.*+status:skipped+colour:red',
    '/admin/events/UPDATED',
    '/admin/events/REFUSED',
    '/admin/setup?step=idp',
    '/admin/setup?step=sign-in',
    '/admin/setup?step=provisioning',
    '/admin/setup?step=listen',
    '/admin/setup?step=done',
    '/admin/setup/readiness',
    '/admin/settings/provisioning',
    '/admin/settings/domains',
    '/admin/settings/general',
    '/admin/settings/roles?find=e&who=maximiliane',
    '/admin/settings/sign-in',
    '/admin/settings/sign-in?test=stale',
  ].map(of('admin', '/orgs/porter')),
]

/** Pages of the folders that are not in the list: none, but those of the demo and those that lead on to another. */
export function pagesLeftOut(): string[] {
  const seen = pageList.map(([path]) => path.replace(/\?.*$/, '').split('/'))
  const isSeen = (route: string) => {
    const parts = route.slice('GET '.length).split('/')
    return seen.some((path) => path.length === parts.length && parts.every((part, at) => fits(part, path[at] ?? '')))
  }
  const isPage = (route: string) => {
    const row = rows[route]
    return !(row?.door === 'open' && row.status === 404) && !(row?.door === 'page' && row.ok === 307)
  }
  return pages.filter((route) => isPage(route) && !isSeen(route))
}

/** An id fits what the stage fills in, or a made-up one; `new` is no id. */
const fits = (part: string, given: string) =>
  part === given ||
  (part === '[id]' && /^([A-Z]{4,}|0000.*)$/.test(given)) ||
  (/^\[(org|token)\]$/.test(part) && given !== '')
