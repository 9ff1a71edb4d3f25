import ArrowRight from 'lucide-react/icons/arrow-right'
import { ButtonLink } from '@/components/ui/button'

const doors = [
  { slug: 'porter', label: 'Enter as Porter admin' },
  { slug: 'white-rabbit', label: 'Enter as White Rabbit admin' },
  { slug: 'porter', label: 'Enter as Porter member' },
]

/** The ways into the demo. Who comes in is chosen on the stand-in's own sign-in page. */
export function DemoDoors({ console }: { console: string | undefined }) {
  return (
    <section aria-labelledby="doors" className="rounded-card border border-border bg-surface p-4 shadow-card sm:p-5">
      <h2 id="doors">This is a demo, come in</h2>
      <p className="mt-1 max-w-prose text-muted">
        Each door leads to that company’s Okta, here a stand-in on this machine. It lists its people: choose one with
        the role you want, no password.
      </p>
      <div className="mt-4 flex flex-wrap gap-2">
        {doors.map(({ slug, label }, i) => (
          <ButtonLink key={label} href={`/sign-in/${slug}`} look={i === 0 ? 'primary' : 'plain'}>
            {label}
            <ArrowRight size={14} aria-hidden="true" />
          </ButtonLink>
        ))}
      </div>
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
