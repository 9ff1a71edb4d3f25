import type { ReactNode } from 'react'
import { recordedYear } from '@/lib/lens/recorded'
import type { LensName } from '@/lib/lens/year'
import { BesideOidc } from './beside-oidc'
import { glossary } from './glossary'
import { Lens } from './lens'
import { Links } from './links'
import { oktaPages, standards } from './okta-pages'
import { CallTopics } from './topics-calls'
import { PeopleTopics } from './topics-people'
import { SendingTopics } from './topics-sending'
import { whatIsScim } from './what-is-scim'

/** All of the page about SCIM and OIDC but its frame. `canPlay`: a demo can play the lens itself. */
export function Lesson({ lens, canPlay }: { lens: LensName; canPlay: boolean }) {
  return (
    <div className="grid grid-cols-[minmax(0,1fr)] gap-14">
      <Part id="scim" title="What SCIM is">
        <div className="grid max-w-prose gap-3 text-lg">
          {whatIsScim.map((paragraph) => (
            <p key={paragraph}>{paragraph}</p>
          ))}
        </div>
      </Part>
      <Part id="beside-oidc" title="SCIM next to OIDC" lead="Two questions, two answers, two credentials.">
        <BesideOidc />
      </Part>
      <Part
        id="lens"
        title="The lens: John’s year"
        lead="The same year in three companies: one whose Okta only signs people in, one whose Okta only keeps the list, one whose Okta does both."
      >
        <p className="mb-4 max-w-prose text-muted">
          A recording of a real run, {recordedYear.playedAt.slice(0, 10)}: requests between the Okta stand-in and
          Rollcall, and a browser as John. The months are the story’s; the run took seconds. Each “What really happened”
          opens both logs and the answers.
          {canPlay ? (
            <>
              {' '}
              <a href="/demo/lens" className="text-accent underline underline-offset-2">
                Play it here, for real
              </a>
            </>
          ) : null}
        </p>
        <Lens chosen={lens} path="/learn" run={recordedYear} />
      </Part>
      <Part
        id="questions"
        title="What confuses people"
        lead="One screen each. Every heading is a link you can pass on."
      >
        <div className="grid grid-cols-[minmax(0,1fr)] gap-5">
          <CallTopics />
          <PeopleTopics />
          <SendingTopics />
        </div>
      </Part>
      <Part id="glossary" title="Glossary">
        <dl className="gap-x-8 sm:columns-2">
          {glossary.map(([word, meaning]) => (
            <div key={word} className="mb-3 break-inside-avoid">
              <dt className="font-semibold">{word}</dt>
              <dd className="text-muted">{meaning}</dd>
            </div>
          ))}
        </dl>
      </Part>
      <Part id="further" title="Okta’s own pages" lead="And the standards themselves.">
        <Links pages={[...oktaPages, ...standards]} />
      </Part>
    </div>
  )
}

type PartProps = { id: string; title: string; lead?: string; children: ReactNode }

function Part({ id, title, lead, children }: PartProps) {
  return (
    <section id={id} aria-labelledby={`${id}-title`} className="scroll-mt-6">
      <h2 id={`${id}-title`} className="text-[22px] leading-7 tracking-tight">
        {title}
      </h2>
      {lead ? <p className="mt-1 max-w-prose text-muted">{lead}</p> : null}
      <div className="mt-4">{children}</div>
    </section>
  )
}
