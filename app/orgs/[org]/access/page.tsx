import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { MyRole } from '@/components/access/my-role'
import { MySessions } from '@/components/access/my-sessions'
import { ToldByOkta } from '@/components/access/told-by-okta'
import { WhyIn } from '@/components/access/why-in'
import { PageHeader } from '@/components/ui/page-header'
import { requirePage } from '@/lib/auth/authorize'
import { getMyAccess } from '@/lib/auth/my-access'
import { titleOf } from '../org-title'
import { endMyOtherSessionsAction, endMySessionAction } from './actions'

type Props = { params: Promise<{ org: string }> }

export const generateMetadata = ({ params }: Props): Promise<Metadata> => titleOf(params, 'My access')

export default async function AccessPage({ params }: Props) {
  const { org } = await params
  const viewer = await requirePage(org, 'member', `/orgs/${org}/access`)
  const access = await getMyAccess(viewer)
  if (!access) notFound()
  return (
    <>
      <PageHeader
        title="My access"
        lead={`Why ${viewer.orgName} lets you in, what you may do, and where you are signed in.`}
      />
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <div className="grid gap-4">
          <WhyIn access={access} viewer={viewer} />
          <MyRole person={access.person} />
        </div>
        <div className="grid gap-4">
          <MySessions
            sessions={access.sessions}
            end={endMySessionAction.bind(null, org)}
            endOthers={endMyOtherSessionsAction.bind(null, org)}
          />
          <ToldByOkta person={access.person} />
        </div>
      </div>
    </>
  )
}
