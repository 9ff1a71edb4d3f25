import { Card } from '@/components/ui/card'
import { Json } from '@/components/ui/json'

type Props = { request: unknown; response: unknown }

/** What was sent and what was answered, without passwords, tokens and secrets. */
export function EventPayloads({ request, response }: Props) {
  if (request === null && response === null) return null
  return (
    <>
      <Payload title="Request" value={request} />
      <Payload title="Response" value={response} />
    </>
  )
}

function Payload({ title, value }: { title: string; value: unknown }) {
  return (
    <Card title={title} note="secrets removed before it was stored">
      {value === null ? <p className="px-4 py-3 text-muted">No body.</p> : <Json value={value} label={title} />}
    </Card>
  )
}
