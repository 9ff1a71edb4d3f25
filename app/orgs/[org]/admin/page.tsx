import type { Metadata } from 'next'
import { LiveRefresh } from '@/components/live/live-refresh'
import { Banners } from '@/components/overview/banners'
import { Causes } from '@/components/overview/causes'
import { Day } from '@/components/overview/day'
import { DirectoryBadge } from '@/components/overview/directory-badge'
import { Latest } from '@/components/overview/latest'
import { SetupChecklist } from '@/components/overview/setup-checklist'
import { upTo } from '@/components/ui/format'
import { PageHeader } from '@/components/ui/page-header'
import { Stat } from '@/components/ui/stat'
import { requirePage } from '@/lib/auth/authorize'
import { countUsers } from '@/lib/directory/count-users'
import { countHeld } from '@/lib/directory/held-people'
import { histogram } from '@/lib/events/histogram'
import { toLogFilter } from '@/lib/events/log-filter'
import { getOverview } from '@/lib/events/overview'
import { getBrakeAlert } from '@/lib/orgs/brake'
import { titleOf } from '../org-title'

type Props = { params: Promise<{ org: string }> }

const DAY_MS = 86_400_000
/** Whatever may change a number of this page. */
const everything = ['']

export const generateMetadata = ({ params }: Props): Promise<Metadata> => titleOf(params, 'Overview')

export default async function OverviewPage({ params }: Props) {
  const { org } = await params
  const viewer = await requirePage(org, 'admin', `/orgs/${org}/admin`)
  const now = new Date()
  const span = { from: new Date(now.getTime() - DAY_MS), to: now, buckets: 25 }
  const [overview, people, brake, held, day] = await Promise.all([
    getOverview(viewer.orgId, now.getTime()),
    countUsers(viewer.orgId),
    getBrakeAlert(viewer.orgId),
    countHeld(viewer.orgId),
    histogram(viewer.orgId, span, toLogFilter([], false)),
  ])
  const { directory, groups, failures, causes, latest, setup } = overview
  const base = `/orgs/${org}/admin`
  const failed = `${base}/events?${new URLSearchParams({ q: 'status:failed,blocked', range: '24h' })}`
  return (
    <>
      <PageHeader title="Overview" lead={`What Okta does at ${viewer.orgName}, and what needs you.`}>
        <LiveRefresh org={org} types={everything} />
      </PageHeader>
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <Banners org={org} overview={overview} brake={brake} held={held} />
        {setup.finished ? null : <SetupChecklist org={org} done={setup.done} />}
        <DirectoryBadge directory={directory} />
        <div className="grid grid-cols-2 gap-3 lg:grid-cols-4">
          <Stat label="Active people" value={upTo(people.active)} href={`${base}/users`} />
          <Stat
            label="Deactivated"
            value={upTo(people.inactive)}
            href={`${base}/users?tab=inactive`}
            {...(held > 0 ? { note: `${upTo(held)} of them wait for you` } : {})}
          />
          <Stat label="Groups" value={upTo(groups)} href={`${base}/groups`} />
          <Stat
            label="Failures in 24 hours"
            value={upTo(failures)}
            href={failed}
            {...(failures > 0 ? { tone: 'fail' as const } : {})}
          />
        </div>
        <Day day={day} />
        <div className="grid grid-cols-[minmax(0,1fr)] items-start gap-4 lg:grid-cols-2">
          <Causes org={org} causes={causes} />
          <Latest org={org} events={latest} />
        </div>
      </div>
    </>
  )
}
