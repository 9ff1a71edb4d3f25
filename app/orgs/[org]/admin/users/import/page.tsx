import type { Metadata } from 'next'
import { Card } from '@/components/ui/card'
import { Crumb } from '@/components/ui/crumb'
import { PageHeader } from '@/components/ui/page-header'
import { ImportForm } from '@/components/users/import-form'
import { requirePage } from '@/lib/auth/authorize'
import { titleOf } from '../../../org-title'
import { applyAction, previewAction } from './actions'

type Props = { params: Promise<{ org: string }> }

export const generateMetadata = ({ params }: Props): Promise<Metadata> => titleOf(params, 'Import people')

export default async function ImportPage({ params }: Props) {
  const { org } = await params
  await requirePage(org, 'admin', `/orgs/${org}/admin/users/import`)
  const list = `/orgs/${org}/admin/users`
  return (
    <div className="max-w-4xl">
      <Crumb href={list}>Users</Crumb>
      <PageHeader
        title="Import people"
        lead="People Okta does not manage, from a CSV file. You see what it would do before anything is written."
      />
      <div className="grid gap-4">
        <ImportForm list={list} preview={previewAction.bind(null, org)} apply={applyAction.bind(null, org)} />
        <Card title="What goes into the file">
          <div className="grid gap-2 px-4 py-3 text-muted">
            <p>
              The first line names the columns: <code className="font-mono text-xs text-text">userName</code> or{' '}
              <code className="font-mono text-xs text-text">email</code>, and any of{' '}
              <code className="font-mono text-xs text-text">
                givenName, familyName, displayName, title, department, role, active
              </code>
              . An exported file fits as it is.
            </p>
            <p>
              A column that is not there changes nothing; an empty cell empties the value. The role is member, manager
              or admin. People of Okta are skipped: their profile is changed there.
            </p>
          </div>
        </Card>
      </div>
    </div>
  )
}
