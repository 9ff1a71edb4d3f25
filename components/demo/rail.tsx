import clsx from 'clsx'
import Link from 'next/link'
import { STORY } from '@/lib/demo/story'

/** The eight steps by number; the one shown by its name. */
export function Rail({ n, href }: { n: number; href: (step: number) => string }) {
  return (
    <nav aria-label="Steps">
      <ol className="flex flex-wrap gap-1">
        {STORY.map(({ title }, i) => (
          <li key={title}>
            <Link
              href={href(i + 1)}
              prefetch={false}
              aria-current={i + 1 === n ? 'step' : undefined}
              title={title}
              className={clsx(
                'grid size-8 place-items-center rounded-md font-mono text-sm font-medium max-sm:h-11 max-sm:w-9',
                i + 1 === n ? 'bg-accent text-accent-text' : 'border border-border text-muted hover:bg-raised',
              )}
            >
              <span aria-hidden="true">{i + 1}</span>
              <span className="sr-only">{`Step ${i + 1}: ${title}`}</span>
            </Link>
          </li>
        ))}
      </ol>
    </nav>
  )
}
