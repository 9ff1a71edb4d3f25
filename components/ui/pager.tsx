import { ButtonLink } from './button'

type Props = {
  label: string
  /** The addresses of the first page, of the one before and of the one after; those that are there. */
  first: string
  prev: string | undefined
  next: string | undefined
  className?: string
}

/** The ways on from a page of a list, in both directions. */
export function Pager({ label, first, prev, next, className = 'mt-4' }: Props) {
  if (!next && !prev) return null
  return (
    <nav aria-label={label} className={`flex flex-wrap items-center gap-2 ${className}`}>
      {prev ? (
        <>
          <ButtonLink href={first} look="quiet">
            First
          </ButtonLink>
          <ButtonLink href={prev}>Previous</ButtonLink>
        </>
      ) : null}
      {next ? (
        <ButtonLink href={next} className="ml-auto">
          Next page
        </ButtonLink>
      ) : null}
    </nav>
  )
}
