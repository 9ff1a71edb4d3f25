import type { Metadata } from 'next'
import { Card } from '@/components/ui/card'
import { Crumb } from '@/components/ui/crumb'
import { PageHeader } from '@/components/ui/page-header'
import { PersonForm } from '@/components/users/person-form'
import { requirePage } from '@/lib/auth/authorize'
import { titleOf } from '../../../org-title'
import { addPersonAction } from '../form-actions'
import { rolesFor } from '../manage-context'

type Props = { params: Promise<{ org: string }> }

export const generateMetadata = ({ params }: Props): Promise<Metadata> => titleOf(params, 'Add person')

export default async function NewPersonPage({ params }: Props) {
  const { org } = await params
  const viewer = await requirePage(org, 'admin', `/orgs/${org}/admin/users/new`)
  const list = `/orgs/${org}/admin/users`
  return (
    <div className="max-w-2xl">
      <Crumb href={list}>Users</Crumb>
      <PageHeader
        title="Add person"
        lead="Somebody Okta does not manage. If Okta sends them later, Okta keeps the profile from then on."
      />
      <Card title="Profile">
        <PersonForm action={addPersonAction.bind(null, org)} roles={rolesFor(viewer)} verb="Add person" cancel={list} />
      </Card>
    </div>
  )
}
