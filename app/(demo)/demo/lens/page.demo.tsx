import type { Metadata } from 'next'
import { DoButton } from '@/components/demo/do-button'
import { Lens } from '@/components/learn/lens'
import { PageHeader } from '@/components/ui/page-header'
import { Time } from '@/components/ui/time'
import { requireDemo } from '@/lib/demo/door'
import { lastPlay } from '@/lib/demo/year-play'
import { recordedYear } from '@/lib/lens/recorded'
import { readLens } from '@/lib/lens/year'
import type { PlayedYear } from '@/lib/lens/year-run'
import { playLens } from './actions.demo'

export const metadata: Metadata = { title: 'The lens' }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

export default async function LensPage({ searchParams }: Props) {
  await requireDemo()
  const lens = readLens((await searchParams).lens)
  const { run, problem } = lastPlay()
  return (
    <>
      <PageHeader
        title="The lens: John’s year"
        lead="Played for real, at three companies made for it: Okta only signs people in, Okta only keeps the list, Okta does both."
      >
        <form action={playLens}>
          <input type="hidden" name="lens" value={lens} />
          <DoButton>{run ? 'Play the year again' : 'Play the year'}</DoButton>
        </form>
      </PageHeader>
      {problem ? (
        <p role="alert" className="mb-4 rounded-md bg-warn-soft px-3 py-2">
          {problem}
        </p>
      ) : null}
      <p className="mb-4 text-muted">
        {run ? (
          <>
            Played here <Time at={run.playedAt} />. A row opens as that company’s admin, in a new tab.{' '}
            <a href="/demo/lens/recording" className="text-accent underline underline-offset-2">
              Save this run
            </a>
          </>
        ) : (
          <>
            Not played here yet: this is the recording that comes with Rollcall, of {recordedYear.playedAt.slice(0, 10)}
            .
          </>
        )}
      </p>
      <section id="lens" aria-labelledby="years">
        <h2 id="years" className="sr-only">
          One year, three companies
        </h2>
        <Lens chosen={lens} path="/demo/lens" run={run ?? recordedYear} {...(run ? { rowHref } : {})} />
      </section>
    </>
  )
}

const rowHref = ({ slug, admin }: PlayedYear['company'], ref: string): string | null =>
  admin
    ? `/demo/sign-in/${slug}?login=${encodeURIComponent(admin)}&from=${encodeURIComponent(`/orgs/${slug}/admin/events/${ref}`)}`
    : null
