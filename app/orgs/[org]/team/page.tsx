import type { Metadata } from 'next'
import { TaskProblem } from '@/components/tasks/problem'
import { TeamTasks } from '@/components/tasks/team-tasks'
import { Card } from '@/components/ui/card'
import { EmptyState } from '@/components/ui/empty-state'
import { PageHeader } from '@/components/ui/page-header'
import { requirePage } from '@/lib/auth/authorize'
import { listTeamTasks } from '@/lib/tasks/list-tasks'
import { titleOf } from '../org-title'
import { one, type Search } from '../search'
import { editOf, handOverOf, taskActions, today } from '../task-page'

type Props = { params: Promise<{ org: string }>; searchParams: Search }

export const generateMetadata = ({ params }: Props): Promise<Metadata> => titleOf(params, 'Team tasks')

export default async function TeamPage({ params, searchParams }: Props) {
  const { org } = await params
  const viewer = await requirePage(org, 'manager', `/orgs/${org}/team`)
  const query = await searchParams
  const [{ people, more }, handOver] = await Promise.all([listTeamTasks(viewer.orgId), handOverOf(viewer.orgId, query)])
  return (
    <>
      <PageHeader title="Team tasks" lead={`Everything open at ${viewer.orgName}. Only managers and above see this.`} />
      <TaskProblem code={one(query.problem)} />
      {people.length > 0 ? (
        <TeamTasks
          people={people}
          today={today()}
          actions={taskActions(org)}
          handOver={handOver}
          editing={editOf(query)}
        />
      ) : (
        <Card title="Open tasks">
          <EmptyState title="Nothing is open.">
            Every task of {viewer.orgName} is done. New ones show here as soon as somebody adds them.
          </EmptyState>
        </Card>
      )}
      {more ? <p className="mt-3 text-xs text-muted">The first 500 open tasks are shown.</p> : null}
    </>
  )
}
