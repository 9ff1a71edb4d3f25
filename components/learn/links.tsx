import type { OktaPage } from './okta-pages'

/** Pages of others, with a line on what each is for; on paper the address is written out. */
export function Links({ pages }: { pages: readonly OktaPage[] }) {
  return (
    <ul className="grid gap-x-8 gap-y-3 sm:grid-cols-2">
      {pages.map(({ href, title, about }) => (
        <li key={href}>
          <a href={href} className="font-medium text-accent underline underline-offset-2">
            {title}
          </a>
          <span className="hidden font-mono text-xs print:block">{href}</span>
          <p className="text-muted">{about}</p>
        </li>
      ))}
    </ul>
  )
}
