import type { Metadata } from 'next'
import { Cases } from '@/components/readiness/cases'
import { Exports } from '@/components/readiness/exports'
import { RunForm } from '@/components/readiness/run-form'
import { Verdicts } from '@/components/readiness/verdicts'
import { PageHeader } from '@/components/ui/page-header'
import { requirePage } from '@/lib/auth/authorize'
import { readReport } from '@/lib/readiness/report'
import { RUN_PROBLEMS } from '@/lib/readiness/run'
import { titleOf } from '../../../org-title'
import { runAction } from './actions'

type Props = {
  params: Promise<{ org: string }>
  searchParams: Promise<Record<string, string | string[] | undefined>>
}

export const generateMetadata = ({ params }: Props): Promise<Metadata> => titleOf(params, 'OIN readiness')

export default async function ReadinessPage({ params, searchParams }: Props) {
  const { org } = await params
  const viewer = await requirePage(org, 'admin', `/orgs/${org}/admin/setup/readiness`)
  const { problem } = await searchParams
  const report = await readReport(viewer.orgId, viewer.orgSlug)
  return (
    <>
      <PageHeader
        title="OIN readiness"
        lead="Okta’s own cases and checklist for its catalogue, asked of this server. Each line says how it is known: seen in the last run, held by a test, a fact of this deployment, or not checked."
      />
      <div className="grid grid-cols-[minmax(0,1fr)] gap-4">
        <RunForm
          run={report.run}
          org={org}
          problem={problem === 'limit' || problem === 'busy' ? RUN_PROBLEMS[problem] : null}
          action={runAction.bind(null, org)}
        />
        <Verdicts title="Okta’s checklist" note="C1 to C27" lines={report.lines} />
        {report.run ? <Cases cases={report.run.cases} /> : null}
        <Verdicts title="IPSIE scorecard" note="what is not so stays red" lines={report.ipsie} />
        <Exports org={org} />
      </div>
    </>
  )
}
