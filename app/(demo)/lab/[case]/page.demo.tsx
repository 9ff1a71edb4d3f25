import type { Metadata } from 'next'
import Link from 'next/link'
import { notFound } from 'next/navigation'
import { Evidence } from '@/components/lab/evidence'
import { Settings } from '@/components/lab/settings'
import { Trouble } from '@/components/lab/trouble'
import { WallsDrawing } from '@/components/lab/walls-drawing'
import { Button } from '@/components/ui/button'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { requireDemo } from '@/lib/demo/door'
import { findCase, listCases } from '@/lib/lab/cases'
import { lastFired, lastTrouble } from '@/lib/lab/demo'
import { readStanding } from '@/lib/lab/standing'
import { REFUSERS, WRONGS } from '@/lib/lab/words'
import { fireOne } from '../actions.demo'

type Props = { params: Promise<{ case: string }>; searchParams: Promise<{ walls?: string }> }

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  await requireDemo()
  const each = findCase((await params).case)
  return { title: each ? `${each.route}, ${WRONGS[each.wrong].label.toLowerCase()} · Isolation lab` : 'Isolation lab' }
}

export default async function CasePage({ params, searchParams }: Props) {
  await requireDemo()
  const each = findCase((await params).case)
  if (!each) notFound()
  const standing = readStanding((await searchParams).walls)
  const fired = lastFired(each, standing)
  const all = listCases()
  const at = all.findIndex(({ slug }) => slug === each.slug)
  return (
    <>
      <PageHeader title={<code className="font-mono">{each.route}</code>} lead={`${WRONGS[each.wrong].sentence}.`}>
        <Step to={all[at - 1]?.slug} standing={standing} label="Previous" />
        <Step to={all[at + 1]?.slug} standing={standing} label="Next" />
        <form action={fireOne}>
          <input type="hidden" name="case" value={each.slug} />
          <input type="hidden" name="walls" value={standing} />
          <Button type="submit" look="primary">
            {fired ? 'Fire again' : 'Fire'}
          </Button>
        </form>
      </PageHeader>
      <Trouble sentence={lastTrouble()} />
      <Settings path={`/lab/${each.slug}`} standing={standing} />
      <WallsDrawing standing={standing} stoppedBy={fired ? REFUSERS[fired.refuser].wall : null} />
      {fired ? (
        <Evidence fired={fired} />
      ) : (
        <EmptyState title="Not fired yet">
          Fire it, and the request, its answer, the control and White Rabbit before and after stand here.
        </EmptyState>
      )}
      <p className="mt-4">
        <Link href={`/lab?walls=${standing}`} prefetch={false} className="font-medium text-accent underline">
          All combinations
        </Link>
      </p>
    </>
  )
}

function Step({ to, standing, label }: { to: string | undefined; standing: number; label: string }) {
  if (!to) return null
  return (
    <Link
      href={`/lab/${to}?walls=${standing}`}
      prefetch={false}
      className="inline-flex min-h-8 items-center rounded-md px-2 text-sm text-muted hover:bg-raised hover:text-text max-sm:min-h-11"
    >
      {label}
    </Link>
  )
}
