import type { Metadata } from 'next'
import { MyTasks } from '@/components/tasks/my-tasks'
import { TaskProblem } from '@/components/tasks/problem'
import { PageHeader } from '@/components/ui/page-header'
import { requirePage } from '@/lib/auth/authorize'
import { listMyTasks } from '@/lib/tasks/list-tasks'
import { titleOf } from './org-title'
import { one, type Search } from './search'
import { addTaskAction } from './task-actions'
import { editOf, handOverOf, taskActions, today } from './task-page'

type Props = { params: Promise<{ org: string }>; searchParams: Search }

export const generateMetadata = ({ params }: Props): Promise<Metadata> => titleOf(params, 'My tasks')

export default async function MyTasksPage({ params, searchParams }: Props) {
  const { org } = await params
  const viewer = await requirePage(org, 'member', `/orgs/${org}`)
  const query = await searchParams
  const [tasks, handOver] = await Promise.all([
    listMyTasks(viewer.orgId, viewer.userId),
    handOverOf(viewer.orgId, query),
  ])
  return (
    <>
      <PageHeader
        title="My tasks"
        lead={`What you have to do at ${viewer.orgName}. It needs your access, and waits while you have none.`}
      />
      <TaskProblem code={one(query.problem)} />
      <MyTasks
        {...tasks}
        today={today()}
        add={addTaskAction.bind(null, org)}
        actions={taskActions(org)}
        handOver={handOver}
        editing={editOf(query)}
      />
    </>
  )
}
