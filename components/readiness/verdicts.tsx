import { Badge, type Tone } from '@/components/ui/badge'
import { Card } from '@/components/ui/card'
import { knownText, type Line, type Verdict } from '@/lib/readiness/line'

const tones: Record<Verdict, Tone> = {
  pass: 'ok',
  fail: 'fail',
  'not applicable': 'neutral',
  'by hand': 'warn',
  unknown: 'neutral',
}

/** Lines with a verdict each and what it rests on. */
export function Verdicts({ title, note, lines }: { title: string; note: string; lines: readonly Line[] }) {
  const count = (verdict: Verdict) => lines.filter((each) => each.verdict === verdict).length
  return (
    <Card title={title} note={`${note} · ${count('pass')} pass, ${count('fail')} fail`}>
      <ul className="divide-y divide-border">
        {lines.map(({ id, title: what, verdict, known, evidence }) => (
          <li
            key={`${id} ${what}`}
            className="grid gap-x-4 gap-y-0.5 px-4 py-2.5 print:break-inside-avoid md:grid-cols-[3rem_minmax(0,2fr)_7.5rem_minmax(0,3fr)]"
          >
            <span className="font-mono text-xs leading-5 text-muted">{id}</span>
            <span className="font-medium">{what}</span>
            <span>
              <Badge tone={tones[verdict]}>{verdict}</Badge>
            </span>
            <span className="min-w-0 break-words text-muted">
              {evidence}
              <span className="block text-xs">{knownText(known)}</span>
            </span>
          </li>
        ))}
      </ul>
    </Card>
  )
}
