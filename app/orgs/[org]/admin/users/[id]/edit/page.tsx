import type { Metadata } from 'next'
import { notFound } from 'next/navigation'
import { Banner } from '@/components/ui/banner'
import { Card } from '@/components/ui/card'
import { Crumb } from '@/components/ui/crumb'
import { PageHeader } from '@/components/ui/page-header'
import { PersonForm } from '@/components/users/person-form'
import { requirePage } from '@/lib/auth/authorize'
import { getPerson } from '@/lib/directory/person'
import { formOf } from '@/lib/directory/person-form'
import { attributesOf } from '@/lib/directory/user-state'
import { titleOf } from '../../../../org-title'
import { editPersonAction } from '../../form-actions'

type Props = { params: Promise<{ org: string; id: string }> }

export const generateMetadata = ({ params }: Props): Promise<Metadata> => titleOf(params, 'Edit person')

export default async function EditPersonPage({ params }: Props) {
  const { org, id } = await params
  const viewer = await requirePage(org, 'admin', `/orgs/${org}/admin/users/${id}/edit`)
  const person = await getPerson(viewer.orgId, id)
  if (!person) notFound()
  const page = `/orgs/${org}/admin/users/${id}`
  return (
    <div className="max-w-2xl">
      <Crumb href={page}>{person.displayName}</Crumb>
      <PageHeader title={<bdi>Edit {person.displayName}</bdi>} />
      {person.managed ? (
        <Banner tone="info" title="Okta keeps this profile.">
          A change made here would be overwritten at Okta’s next push. Change it in Okta; it arrives by itself.
        </Banner>
      ) : (
        <Card title="Profile">
          <PersonForm
            action={editPersonAction.bind(null, org, id)}
            values={formOf(attributesOf(person))}
            verb="Save profile"
            cancel={page}
          />
        </Card>
      )}
    </div>
  )
}
