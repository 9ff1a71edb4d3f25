import type { ReactNode } from 'react'
import { BesideOidc } from './beside-oidc'
import { glossary } from './glossary'
import { Lens } from './lens'
import { Links } from './links'
import { oktaPages, standards } from './okta-pages'
import { CallTopics } from './topics-calls'
import { PeopleTopics } from './topics-people'
import { SendingTopics } from './topics-sending'
import { whatIsScim } from './what-is-scim'
import type { LensName } from './year'

/** All of the page about SCIM and OIDC but its frame. */
export function Lesson({ lens }: { lens: LensName }) {
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
        lead="The same year in three apps: one that only signs people in, one that only keeps the list, one that does both. This is told, not recorded: Rollcall’s demo does the year of “Both” with real requests."
      >
        <Lens chosen={lens} />
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
