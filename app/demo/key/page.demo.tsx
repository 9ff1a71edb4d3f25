import type { Metadata } from 'next'
import { MessagePage } from '@/components/shell/message-page'
import { Button } from '@/components/ui/button'
import { Input } from '@/components/ui/field'
import { requireDemoHost } from '@/lib/demo/door'

export const metadata: Metadata = { title: 'The demo’s key', robots: { index: false } }

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> }

const WRONG = 'This is not the key of this demo. Each start prints a new one.'

/** Outside the demo's own frame, whose door leads here. */
export default async function KeyPage({ searchParams }: Props) {
  await requireDemoHost()
  const { wrong } = await searchParams
  return (
    <MessagePage title="This demo needs its key">
      <p>
        Anybody can be anybody in a demo, so visitors from other machines show the key that the demo’s terminal printed
        at its start. The link printed there does it for you.
      </p>
      <form method="post" action="/demo/key/open" className="mt-3 grid max-w-sm gap-3">
        <Input
          label="Key"
          name="key"
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          required
          error={wrong ? WRONG : undefined}
        />
        <Button type="submit" look="primary" className="justify-self-start">
          Open the demo
        </Button>
      </form>
    </MessagePage>
  )
}
