import type { ReactNode } from 'react'
import { type TopicId, topics } from './topics'

type Props = { id: TopicId; short: ReactNode; drawing?: ReactNode; children: ReactNode }

/** One confusion on one screen: the question, the short answer, a drawing, and what it means here. */
export function Topic({ id, short, drawing, children }: Props) {
  const title = topics.find((topic) => topic.id === id)?.title
  return (
    <section
      id={id}
      aria-labelledby={`${id}-title`}
      className="scroll-mt-6 rounded-card border border-border bg-surface p-4 shadow-card print:break-inside-avoid print:shadow-none sm:p-6"
    >
      <h3 id={`${id}-title`} className="text-lg font-semibold tracking-tight">
        <a href={`#${id}`} className="hover:underline">
          {title}
        </a>
      </h3>
      <p className="mt-1 text-lg">{short}</p>
      {drawing ? <div className="mt-4">{drawing}</div> : null}
      <div className="mt-4 grid max-w-prose gap-2 text-muted">{children}</div>
    </section>
  )
}
