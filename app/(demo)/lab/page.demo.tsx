import type { Metadata } from 'next'
import { Matrix } from '@/components/lab/matrix'
import { Settings } from '@/components/lab/settings'
import { Trouble } from '@/components/lab/trouble'
import { WallsDrawing } from '@/components/lab/walls-drawing'
import { Button } from '@/components/ui/button'
import { Card } from '@/components/ui/card'
import { PageHeader } from '@/components/ui/page-header'
import { requireDemo } from '@/lib/demo/door'
import { DOOR_ROUTES, listCases, ROUTES } from '@/lib/lab/cases'
import { lastFired, lastTrouble } from '@/lib/lab/demo'
import { holds } from '@/lib/lab/fire'
import { readStanding } from '@/lib/lab/standing'
import { SETTINGS } from '@/lib/lab/words'
import { fireAll } from './actions.demo'

export const metadata: Metadata = { title: 'Isolation lab' }

type Props = { searchParams: Promise<{ walls?: string }> }

export default async function LabPage({ searchParams }: Props) {
  await requireDemo()
  const standing = readStanding((await searchParams).walls)
  const cells = listCases().map((each) => {
    const fired = lastFired(each, standing)
    const verdict = fired && { held: holds(fired), refuser: fired.refuser, status: fired.answer.status }
    return { slug: each.slug, route: each.route, wrong: each.wrong, verdict }
  })
  const fired = cells.filter(({ verdict }) => verdict)
  const held = fired.filter(({ verdict }) => verdict?.held)
  return (
    <>
      <PageHeader
        title="Isolation lab"
        lead="How does an app make sure one company can only ever touch its own users? Here Porter tries everything on White Rabbit, for real."
      >
        <form action={fireAll}>
          <input type="hidden" name="walls" value={standing} />
          <Button type="submit" look="primary">
            Fire all {cells.length}
          </Button>
        </form>
      </PageHeader>
      <Trouble sentence={lastTrouble()} />
      <Settings path="/lab" standing={standing} />
      <WallsDrawing standing={standing} />
      <Card
        title={`${ROUTES.length + DOOR_ROUTES.length} operations × what can be wrong with them`}
        note={<Score fired={fired.length} held={held.length} all={cells.length} setting={SETTINGS[standing].label} />}
      >
        <Matrix routes={[...ROUTES, ...DOOR_ROUTES]} cells={cells} standing={standing} />
      </Card>
    </>
  )
}

function Score({ fired, held, all, setting }: { fired: number; held: number; all: number; setting: string }) {
  if (fired === 0) return <>Nothing fired yet · {setting}</>
  return (
    <span role="status" className={held === fired ? 'text-ok' : 'text-fail'}>
      {held} of {fired} held{fired < all ? `, ${all - fired} not fired` : ''} · {setting}
    </span>
  )
}
