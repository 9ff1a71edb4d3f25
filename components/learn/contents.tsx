import { topics } from './topics'

const parts: { id: string; title: string; inside?: readonly { id: string; title: string }[] }[] = [
  { id: 'scim', title: 'What SCIM is' },
  { id: 'beside-oidc', title: 'SCIM next to OIDC' },
  { id: 'lens', title: 'The lens: John’s year' },
  { id: 'questions', title: 'What confuses people', inside: topics },
  { id: 'glossary', title: 'Glossary' },
  { id: 'further', title: 'Okta’s own pages' },
]

/** What is on the page, each with its address. */
export function Contents() {
  return (
    <nav aria-label="On this page">
      <ol className="grid gap-0.5">
        {parts.map(({ id, title, inside }) => (
          <li key={id}>
            <Jump id={id} title={title} strong />
            {inside ? (
              <ol className="border-l border-margin pl-2">
                {inside.map((topic) => (
                  <li key={topic.id}>
                    <Jump id={topic.id} title={topic.title} />
                  </li>
                ))}
              </ol>
            ) : null}
          </li>
        ))}
      </ol>
    </nav>
  )
}

function Jump({ id, title, strong = false }: { id: string; title: string; strong?: boolean }) {
  return (
    <a
      href={`#${id}`}
      className={`block rounded px-2 py-1 hover:bg-raised hover:text-text max-lg:min-h-11 max-lg:py-3 ${strong ? 'font-medium' : 'text-sm text-muted'}`}
    >
      {title}
    </a>
  )
}
