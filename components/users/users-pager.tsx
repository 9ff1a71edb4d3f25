import { ButtonLink } from '@/components/ui/button'
import { type UsersSearch, usersHref, usersPageHref } from './users-url'

type Props = { org: string; search: UsersSearch; next: string | undefined; prev: string | undefined }

/** The ways on from a page of people, in both directions. */
export function UsersPager({ org, search, next, prev }: Props) {
  if (!next && !prev) return null
  return (
    <nav aria-label="Pages of users" className="mt-4 flex flex-wrap items-center gap-2">
      {prev ? (
        <>
          <ButtonLink href={usersHref(org, search)} look="quiet">
            First
          </ButtonLink>
          <ButtonLink href={usersPageHref(org, search, { before: prev })}>Previous</ButtonLink>
        </>
      ) : null}
      {next ? (
        <ButtonLink href={usersPageHref(org, search, { after: next })} className="ml-auto">
          Next page
        </ButtonLink>
      ) : null}
    </nav>
  )
}
