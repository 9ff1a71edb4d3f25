import type { Metadata } from 'next'
import { LiveRefresh } from '@/components/live/live-refresh'
import { Entitlements } from '@/components/roles/entitlements'
import { HowRolesCome } from '@/components/roles/how-roles-come'
import { MappedGroups } from '@/components/roles/mapped-groups'
import { loadRolesSearch, type RolesSearch, rolesHref } from '@/components/roles/roles-url'
import { ScimValues } from '@/components/roles/scim-values'
import { WhyRole } from '@/components/roles/why-role'
import { PageHeader } from '@/components/ui/page-header'
import { requirePage, type Viewer } from '@/lib/auth/authorize'
import { ownUrl } from '@/lib/auth/origin'
import { isSteppedUp, stepUpHref } from '@/lib/auth/step-up'
import { listEntitlements } from '@/lib/directory/entitlement-catalogue'
import { getGroup } from '@/lib/directory/group'
import { listGroups } from '@/lib/directory/list-groups'
import { whyRoles } from '@/lib/directory/why-role'
import { getOrg } from '@/lib/orgs/orgs'
import { titleOf } from '../../../org-title'
import type { Search } from '../../../search'
import { mappingEditorProps } from '../../groups/mapping-editor-props'
import { addEntitlementAction, changeEntitlementAction, removeEntitlementAction, scimRolesAction } from './actions'

type Props = { params: Promise<{ org: string }>; searchParams: Search }

const changes = ['group.', 'role_mapping.', 'entitlement.', 'org.changed', 'user.role_changed']
/** More mapped groups than this stand in the list of groups. */
const SHOWN = 100
const FOUND = 10
const LONGEST = 300

export const generateMetadata = ({ params }: Props): Promise<Metadata> => titleOf(params, 'Roles')

export default async function RolesPage({ params, searchParams }: Props) {
  const { org } = await params
  const viewer = await requirePage(org, 'admin', `/orgs/${org}/admin/settings/roles`)
  const search = await loadRolesSearch(searchParams)
  const find = search.find.trim().slice(0, LONGEST)
  const who = search.who.trim().slice(0, LONGEST)
  const [company, mapped, found, chosen, answers, entries] = await Promise.all([
    getOrg(viewer.orgId),
    listGroups(viewer.orgId, { tab: 'mapped', limit: SHOWN }),
    find ? listGroups(viewer.orgId, { q: find, limit: FOUND }) : { groups: [] },
    chosenGroup(viewer, search),
    who ? whyRoles(viewer.orgId, who) : [],
    listEntitlements(viewer.orgId),
  ])
  // The viewer's own session names this org: it is there.
  if (!company) throw new Error('The organization of a live session is missing')
  const edited = entries.find(({ value }) => value === search.edit) ?? null
  return (
    <>
      <PageHeader title="Roles and entitlements" lead={`Who may do what at ${viewer.orgName}, and what gives it.`}>
        <LiveRefresh org={org} types={changes} keepStill />
      </PageHeader>
      <div className="grid gap-4">
        <HowRolesCome org={org} defaultRole={company.defaultRole} />
        <MappedGroups
          org={org}
          mapped={mapped.groups}
          more={mapped.next !== undefined}
          find={find}
          found={found.groups}
          chosen={chosen}
        />
        <ScimValues
          on={company.scimRoles}
          url={ownUrl(`/scim/v2/${org}/Roles`)}
          confirmed={isSteppedUp(viewer)}
          confirmHref={stepUpHref(org, rolesHref(org))}
          action={scimRolesAction.bind(null, org)}
        />
        <WhyRole org={org} who={who} answers={answers} />
        <Entitlements
          org={org}
          entries={entries}
          edited={edited}
          url={ownUrl(`/scim/v2/${org}/Entitlements`)}
          add={addEntitlementAction.bind(null, org)}
          change={changeEntitlementAction.bind(null, org, edited?.value ?? '')}
          remove={removeEntitlementAction.bind(null, org)}
        />
      </div>
    </>
  )
}

async function chosenGroup(viewer: Viewer, { group: id, role, find }: RolesSearch) {
  const group = id ? await getGroup(viewer.orgId, id) : null
  if (!group) return null
  const hrefOf = (wanted: typeof role) => rolesHref(viewer.orgSlug, { group: group.id, role: wanted, find })
  return { group, editor: await mappingEditorProps(viewer, group, role, hrefOf) }
}
