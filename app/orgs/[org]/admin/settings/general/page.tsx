import type { Metadata } from 'next'
import { LiveRefresh } from '@/components/live/live-refresh'
import { BrakeAlert } from '@/components/settings/brake-alert'
import { BreakGlass } from '@/components/settings/break-glass'
import { ConfirmFirst } from '@/components/settings/confirm-first'
import { Moment } from '@/components/settings/moment'
import { SettingForm } from '@/components/settings/setting-form'
import { Card } from '@/components/ui/card'
import { PageHeader } from '@/components/ui/page-header'
import { requirePage } from '@/lib/auth/authorize'
import { isSteppedUp, stepUpHref } from '@/lib/auth/step-up'
import { listOwners } from '@/lib/directory/owners'
import { getBrakeAlert } from '@/lib/orgs/brake'
import { getOrg, type Org } from '@/lib/orgs/orgs'
import { titleOf } from '../../../org-title'
import { brakeAction, defaultRoleAction, nameAction, releaseAction, retentionAction, stopAction } from './actions'

type Props = { params: Promise<{ org: string }> }

const changes = ['org.changed', 'provisioning.', 'access.recovered', 'user.role_changed']
const roles = [
  ['member', 'Member: own tasks'],
  ['manager', 'Manager: the team’s tasks as well'],
] as const

export const generateMetadata = ({ params }: Props): Promise<Metadata> => titleOf(params, 'General')

export default async function GeneralPage({ params }: Props) {
  const { org } = await params
  const here = `/orgs/${org}/admin/settings/general`
  const viewer = await requirePage(org, 'admin', here)
  const confirmed = isSteppedUp(viewer)
  const [company, owners, alert] = await Promise.all([
    getOrg(viewer.orgId),
    listOwners(viewer.orgId),
    getBrakeAlert(viewer.orgId),
  ])
  // The viewer's own session names this org: it is there.
  if (!company) throw new Error('The organization of a live session is missing')
  return (
    <>
      <PageHeader title="General" lead={`What holds for all of ${viewer.orgName}.`}>
        <LiveRefresh org={org} types={changes} />
      </PageHeader>
      <div className="grid gap-4">
        {alert ? (
          <BrakeAlert
            alert={{ ...alert, since: alert.since.toISOString() }}
            release={releaseAction.bind(null, org)}
            stop={stopAction.bind(null, org)}
          />
        ) : null}
        <Card title="Company">
          <SettingForm
            fields={[
              {
                name: 'name',
                label: 'Name',
                value: company.name,
                maxLength: 100,
                required: true,
                hint: `The address of this company stays /orgs/${org}: slugs never change.`,
              },
            ]}
            action={nameAction.bind(null, org)}
          />
        </Card>
        <Card title="Default role" note="for people to whom nothing else gives one">
          <SettingForm
            fields={[{ name: 'defaultRole', label: 'Role', value: company.defaultRole, choices: roles }]}
            action={defaultRoleAction.bind(null, org)}
            yes="Change their roles"
            locked={!confirmed}
          />
          {confirmed ? null : (
            <ConfirmFirst href={stepUpHref(org, here)}>To change this, confirm with Okta who you are.</ConfirmFirst>
          )}
        </Card>
        <Brake org={org} company={company} />
        <Card title="How long the log is kept" note="deleted daily">
          <SettingForm
            fields={retentionFields(company)}
            action={retentionAction.bind(null, org)}
            yes="Save and let them go"
          />
          <p className="border-t border-border px-4 py-3 text-muted">
            What became of each person (profile, groups, roles, access) is kept on their page however short this is.
          </p>
        </Card>
        <BreakGlass
          org={org}
          owners={owners.map((owner) => ({ ...owner, lastSignInAt: owner.lastSignInAt?.toISOString() ?? null }))}
        />
      </div>
    </>
  )
}

function Brake({ org, company: { brakeUsers, brakeMinutes, brakeReleasedUntil } }: { org: string; company: Org }) {
  const released = brakeUsers !== null && brakeReleasedUntil && brakeReleasedUntil > new Date()
  return (
    <Card title="Brake on mass deactivation" note={brakeUsers === null ? 'off' : released ? 'released' : 'on'}>
      <div className="border-b border-border px-4 py-3 text-muted">
        <p className="max-w-prose">
          A wrong rule in Okta can take everybody out at once. With the brake, so many leave at once; Okta is told to
          try again later for the others (429), and you decide here. It never holds up a single leaver, people you
          deactivate here, or Universal Logout.
        </p>
        {released ? (
          <p className="mt-1">
            Released until <Moment at={brakeReleasedUntil.toISOString()} />.
          </p>
        ) : null}
      </div>
      <SettingForm
        fields={[
          {
            name: 'brakeUsers',
            label: 'People who may leave at once',
            value: brakeUsers === null ? '' : String(brakeUsers),
            min: 1,
            max: 100_000,
            placeholder: 'No brake',
            hint: 'Empty: no brake.',
          },
          {
            name: 'brakeMinutes',
            label: 'Within how many minutes',
            value: String(brakeMinutes),
            min: 1,
            max: 1440,
            required: true,
          },
        ]}
        action={brakeAction.bind(null, org)}
      />
    </Card>
  )
}

const retentionFields = ({ eventDays, payloadDays }: Org) => [
  {
    name: 'eventDays',
    label: 'Days of events',
    value: String(eventDays),
    min: 30,
    max: 400,
    required: true,
    hint: 'What happened, who did it, what changed: 30 to 400 days.',
  },
  {
    name: 'payloadDays',
    label: 'Days of requests and answers',
    value: String(payloadDays),
    min: 1,
    max: 400,
    required: true,
    hint: 'What Okta sent, without secrets. Not longer than the events.',
  },
]
