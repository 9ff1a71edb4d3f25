import Link from 'next/link'
import { Badge } from '@/components/ui/badge'
import { Banner } from '@/components/ui/banner'
import { Card } from '@/components/ui/card'
import { flattenAttributes, shortPath } from '@/components/ui/diff-text'
import { absoluteTime, counted } from '@/components/ui/format'
import type { Person } from '@/lib/directory/person'
import type { MomentOfPerson } from '@/lib/directory/person-moment'
import { RoleBadge, Status } from './badges'

type Props = { org: string; person: Person; at: Date; moment: MomentOfPerson }

const SHOWN = 10

/** A person as they were: profile, groups, role and access at one moment. */
export function MomentView({ org, person, at, moment }: Props) {
  const when = absoluteTime(at)
  if (!moment.known) {
    return (
      <Banner tone="warn" title={moment.hereYet ? `Not known at ${when}.` : `Not here yet at ${when}.`}>
        {moment.hereYet
          ? 'That is before the first thing recorded about this person.'
          : `${person.displayName} came later: the first record is of ${moment.by ? absoluteTime(moment.by.at) : 'later'}.`}
      </Banner>
    )
  }
  const { state } = moment
  const active = state.attributes.active === true && !state.held && !state.deleted
  return (
    <>
      <Banner tone="info" title={<>As they were at {when}</>}>
        {moment.by ? (
          <>
            The change before that moment:{' '}
            <Link href={`/orgs/${org}/admin/events/${moment.by.ref}`} prefetch={false} className="underline">
              {moment.by.by ?? 'its event'}, {absoluteTime(moment.by.at)}
            </Link>
            . What differs from now is marked.
          </>
        ) : null}
      </Banner>
      <div className="mt-4 grid items-start gap-4 lg:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <Profile then={state.attributes} now={person.attributes} />
        <div className="grid gap-4">
          <Card title="Access then">
            <div className="flex flex-wrap items-center gap-3 px-4 py-3">
              <Status active={active} held={state.held} />
              {state.role ? <RoleBadge role={state.role} /> : <span className="text-muted">role not known</span>}
              {state.role !== person.role || active !== person.active ? <Badge tone="warn">not as now</Badge> : null}
            </div>
            <p className="border-t border-border px-4 py-2 text-xs text-muted">
              {active ? 'Could sign in and work here.' : 'Could not sign in: every session had ended.'}
            </p>
          </Card>
          <GroupsThen then={state.groups} now={person.groups} />
        </div>
      </div>
    </>
  )
}

function Profile({ then, now }: { then: Record<string, unknown>; now: Record<string, unknown> }) {
  const current = new Map(flattenAttributes(now).map(({ path, value }) => [path, value]))
  return (
    <Card title="Profile then">
      <dl className="divide-y divide-border">
        {flattenAttributes(then).map(({ path, value }) => (
          <div key={path} className="grid gap-x-4 px-4 py-1.5 sm:grid-cols-[minmax(0,13rem)_minmax(0,1fr)_auto]">
            <dt className="font-mono text-xs leading-5 text-muted" title={path}>
              {shortPath(path)}
            </dt>
            <dd className="min-w-0 text-sm">
              <bdi>{value}</bdi>
            </dd>
            {current.get(path) === value ? null : (
              <dd className="min-w-0 text-xs leading-5 text-warn">
                now <bdi>{current.get(path) ?? 'absent'}</bdi>
              </dd>
            )}
          </div>
        ))}
      </dl>
    </Card>
  )
}

function GroupsThen({ then, now }: { then: ReadonlyMap<string, string>; now: Person['groups'] }) {
  const today = new Set(now.map(({ id }) => id))
  const line = ([id, name]: [string, string]) => (
    <li key={id} className="flex items-baseline justify-between gap-3 px-4 py-1.5">
      <bdi className="min-w-0 break-words">{name}</bdi>
      {today.has(id) ? null : <span className="text-xs text-warn">not now</span>}
    </li>
  )
  const rest = [...then].slice(SHOWN)
  return (
    <Card title="Groups then" note={then.size > 0 ? counted(then.size, 'group') : undefined}>
      {then.size === 0 ? (
        <p className="px-4 py-3 text-muted">In no group.</p>
      ) : (
        <ul className="divide-y divide-border">{[...then].slice(0, SHOWN).map(line)}</ul>
      )}
      {rest.length > 0 ? (
        <details className="border-t border-border">
          <summary className="px-4 py-2 text-accent hover:underline">{counted(rest.length, 'more group')}</summary>
          <ul className="divide-y divide-border border-t border-border">{rest.map(line)}</ul>
        </details>
      ) : null}
    </Card>
  )
}
