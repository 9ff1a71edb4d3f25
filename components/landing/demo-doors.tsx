import ArrowRight from 'lucide-react/icons/arrow-right'
import { ButtonLink } from '@/components/ui/button'

const doors = [
  { slug: 'porter', label: 'Enter as Porter admin', who: 'Adam Clarke' },
  { slug: 'white-rabbit', label: 'Enter as White Rabbit admin', who: 'Dinah Reed' },
  { slug: 'porter', label: 'Enter as Porter member', who: 'Tom Becker' },
]

/** The ways into the demo. Who comes in is chosen on the stand-in's own sign-in page. */
export function DemoDoors({ console }: { console: string | undefined }) {
  return (
    <section aria-labelledby="doors" className="rounded-card border border-border bg-surface p-4 shadow-card sm:p-5">
      <h2 id="doors">This is a demo, come in</h2>
      <p className="mt-1 max-w-prose text-muted">
        Each door leads to that company’s Okta, here a stand-in on this machine. Choose the person named under the door;
        there is no password. A browser is one person per company at a time: to be two at Porter, open a private window.
      </p>
      <p className="mt-3">
        <ButtonLink href="/demo" look="primary">
          Start the five-minute walkthrough
          <ArrowRight size={14} aria-hidden="true" />
        </ButtonLink>
      </p>
      <ul className="mt-4 flex flex-wrap gap-x-2 gap-y-3">
        {doors.map(({ slug, label, who }) => (
          <li key={label}>
            <ButtonLink href={`/sign-in/${slug}`}>
              {label}
              <ArrowRight size={14} aria-hidden="true" />
            </ButtonLink>
            <p className="mt-1 px-3 text-xs text-muted">{who}</p>
          </li>
        ))}
      </ul>
      {console ? (
        <p className="mt-4 border-t border-border pt-3 text-muted">
          Hire, promote and deactivate people in{' '}
          <a href={console} className="font-medium text-accent underline underline-offset-2">
            the Okta stand-in’s console
          </a>
          , and watch it arrive here.
        </p>
      ) : null}
    </section>
  )
}
