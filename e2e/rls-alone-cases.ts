import { withOrg } from '@/db/tenant'
import * as catalogue from '@/lib/directory/catalogue'
import { countUsers } from '@/lib/directory/count-users'
import { previewOutsiders, previewReleases } from '@/lib/directory/domain-people'
import { listEntitlements } from '@/lib/directory/entitlement-catalogue'
import { exportUsers } from '@/lib/directory/export-users'
import { getGroup } from '@/lib/directory/group'
import { groupFacet } from '@/lib/directory/group-facet'
import { factsOfGroups } from '@/lib/directory/group-facts'
import { rolesOfGroup } from '@/lib/directory/group-roles'
import { countHeld, listHeld } from '@/lib/directory/held-people'
import { planImport } from '@/lib/directory/import-users'
import { countGroups, listGroups, selectGroups } from '@/lib/directory/list-groups'
import * as people from '@/lib/directory/list-users'
import { findPeople, groupsOfUsers, membersOfGroups } from '@/lib/directory/memberships'
import { previewOrgRoles } from '@/lib/directory/org-roles'
import { listOwners } from '@/lib/directory/owners'
import { findRow, getPerson, groupsOf } from '@/lib/directory/person'
import { actorsOf, historyBefore, historyOf } from '@/lib/directory/person-history'
import { getPersonAt } from '@/lib/directory/person-moment'
import { listLife } from '@/lib/directory/person-timeline'
import { previewRoles } from '@/lib/directory/role-changes'
import { previewMapping } from '@/lib/directory/role-mappings'
import { memberIds, readSources } from '@/lib/directory/role-sources'
import * as scim from '@/lib/directory/scim-read'
import { nameOfTarget } from '@/lib/directory/target-name'
import { whyRoles } from '@/lib/directory/why-role'
import { findByExternalId, findByName, findUser } from '@/lib/directory/write-user'
import { exportEvents } from '@/lib/events/export'
import { countEvents } from '@/lib/events/facets'
import { histogram, slotsOf } from '@/lib/events/histogram'
import { listHistory } from '@/lib/events/history'
import { HOUR } from '@/lib/events/hours'
import { inspect } from '@/lib/events/inspect'
import { readLog, readQuery } from '@/lib/events/log'
import { loadLog } from '@/lib/events/log-address'
import { everything } from '@/lib/events/log-filter'
import { findNames } from '@/lib/events/names'
import { getOverview } from '@/lib/events/overview'
import { getEvent, listDurations, listEvents, listLog, neighbours } from '@/lib/events/query'
import { countRunning } from '@/lib/events/running-hours'
import type { Term } from '@/lib/events/search'
import { subscribe } from '@/lib/events/stream'
import type { Org } from '@/lib/orgs/orgs'
import { parseListQuery } from '@/lib/scim/list'

/** What a question names: all of it belongs to the other company. */
export type Theirs = Record<'user' | 'group' | 'event' | 'name' | 'userName' | 'externalId' | 'groupName', string>
type Ask = (org: Org, theirs: Theirs) => unknown

const BASE = 'http://localhost:3000/scim/v2/porter'
const NOW = new Date()
const query = (text: string, type: 'User' | 'Group' = 'User') => parseListQuery(new URLSearchParams(text), type)
const address = (q: string) => loadLog(new URLSearchParams({ q, reads: '1', range: 'all' }))
const inOrg =
  (ask: (tx: Parameters<Parameters<typeof withOrg>[1]>[0], org: Org, theirs: Theirs) => unknown): Ask =>
  (org, theirs) =>
    withOrg(org.orgId, async (tx) => ask(tx, org, theirs))
const span = { from: new Date(NOW.getTime() - 3_600_000), to: new Date(NOW.getTime() + 60_000) }
const actor = { kind: 'system' } as const

async function collected(parts: AsyncIterable<unknown> | ReadableStream<Uint8Array>): Promise<string> {
  let all = ''
  for await (const part of parts) all += part instanceof Uint8Array ? Buffer.from(part).toString() : String(part)
  return all
}

/** What a stream sends of the last hour. */
const streamed: Ask = ({ orgId }, { event }) =>
  new Promise((resolve) => {
    const stop = subscribe(orgId, {
      after: event,
      onEvents: (events) => {
        stop()
        resolve(events)
      },
    })
  })

/** Every question that lib/directory and lib/events put to the database, asked for the other company's things. */
export const QUESTIONS: Record<string, Ask> = {
  'directory/catalogue listCatalogue': ({ orgId }) => catalogue.listCatalogue(orgId, 'Entitlement', BASE),
  'directory/catalogue getCatalogueEntry': ({ orgId }, { groupName }) =>
    catalogue.getCatalogueEntry(orgId, 'Entitlement', groupName, BASE),
  'directory/count-users countUsers': ({ orgId }) => countUsers(orgId),
  'directory/domain-people previewOutsiders': ({ orgId }) => previewOutsiders(orgId),
  'directory/domain-people previewReleases': ({ orgId }) => previewReleases(orgId),
  'directory/entitlement-catalogue listEntitlements': ({ orgId }) => listEntitlements(orgId),
  'directory/export-users exportUsers': ({ orgId }) => collected(exportUsers(orgId, {})),
  'directory/group getGroup': ({ orgId }, { group }) => getGroup(orgId, group),
  'directory/group-facts factsOfGroups': inOrg(async (tx, { orgId }, { group }) =>
    (await factsOfGroups(tx, orgId, [group]))(group),
  ),
  'directory/list-groups listGroups': ({ orgId }) => listGroups(orgId),
  'directory/list-groups countGroups': ({ orgId }) => countGroups(orgId),
  'directory/list-groups selectGroups': inOrg((tx, { orgId }) => selectGroups(tx, orgId)),
  'directory/target-name nameOfTarget': async ({ orgId }, { user, group }) => [
    await nameOfTarget(orgId, 'user', user),
    await nameOfTarget(orgId, 'group', group),
  ],
  'directory/why-role whyRoles': ({ orgId }, { userName }) => whyRoles(orgId, userName),
  'directory/group-facet groupFacet': ({ orgId }, { group }) => groupFacet(orgId, group),
  'directory/group-roles rolesOfGroup': inOrg((tx, org, { group }) =>
    rolesOfGroup(tx, org, false, {
      id: group,
      mapping: 'manager',
      name: { before: 'Before', after: 'After' },
      deleted: false,
      members: { clear: false, add: [], remove: [] },
    }),
  ),
  'directory/held-people countHeld': ({ orgId }) => countHeld(orgId),
  'directory/held-people listHeld': ({ orgId }) => listHeld(orgId),
  'directory/import-users planImport': (org, { userName }) =>
    planImport({ org, actor, actorRole: 'owner' }, `userName,active\n${userName},false\n`),
  'directory/list-users listUsers': ({ orgId }, { group }) =>
    Promise.all([people.listUsers(orgId), people.listUsers(orgId, { group })]),
  'directory/memberships groupsOfUsers': inOrg((tx, { orgId }, { user }) => groupsOfUsers(tx, orgId, [user])),
  'directory/memberships membersOfGroups': inOrg((tx, { orgId }, { group }) => membersOfGroups(tx, orgId, [group])),
  'directory/memberships findPeople': inOrg((tx, { orgId }, { user }) => findPeople(tx, orgId, [user])),
  'directory/org-roles previewOrgRoles': ({ orgId }) =>
    previewOrgRoles(orgId, { scimRoles: ['admin'], defaultRole: 'manager' }),
  'directory/owners listOwners': ({ orgId }) => listOwners(orgId),
  'directory/person getPerson': ({ orgId }, { user }) => getPerson(orgId, user),
  'directory/person findRow': inOrg((tx, { orgId }, { user }) => findRow(tx, orgId, user)),
  'directory/person groupsOf': inOrg((tx, { orgId }, { user }) => groupsOf(tx, orgId, user)),
  'directory/person-history historyOf': inOrg((tx, { orgId }, { user }) => historyOf(tx, orgId, user, 10)),
  'directory/person-history historyBefore': inOrg((tx, { orgId }, { user }) =>
    historyBefore(tx, orgId, user, span.to, 10),
  ),
  'directory/person-history actorsOf': inOrg((tx, { orgId }, { event }) => actorsOf(tx, orgId, [event])),
  'directory/person-moment getPersonAt': ({ orgId }, { user }) => getPersonAt(orgId, user, NOW),
  'directory/person-timeline listLife': ({ orgId }, { user }) => listLife(orgId, user),
  'directory/role-changes previewRoles': inOrg((tx, org, { user }) => previewRoles(tx, { org, who: { ids: [user] } })),
  'directory/role-mappings previewMapping': ({ orgId }, { group }) => previewMapping(orgId, group, 'admin'),
  'directory/role-sources readSources': inOrg((tx, { orgId }) => readSources(tx, orgId, undefined)),
  'directory/role-sources memberIds': inOrg((tx, { orgId }, { group }) => memberIds(tx, orgId, group)),
  'directory/scim-read getUser': ({ orgId }, { user }) => scim.getUser(orgId, user),
  'directory/scim-read getGroup': ({ orgId }, { group }) => scim.getGroup(orgId, group, true),
  'directory/scim-read listUsers': ({ orgId }, { group }) =>
    Promise.all([
      scim.listUsers(orgId, query('count=100'), BASE),
      scim.listUsers(orgId, query(`filter=groups.value eq "${group}"`), BASE),
    ]),
  'directory/scim-read listGroups': ({ orgId }, { user }) =>
    Promise.all([
      scim.listGroups(orgId, query('count=100', 'Group'), BASE, true),
      scim.listGroups(orgId, query(`filter=members.value eq "${user}"`, 'Group'), BASE, true),
    ]),
  'directory/scim-read listAll': ({ orgId }) => scim.listAll(orgId, query('count=100'), BASE, true),
  'directory/write-user findUser': inOrg((tx, { orgId }, { user }) => findUser(tx, orgId, user)),
  'directory/write-user findByName': inOrg((tx, { orgId }, { userName }) => findByName(tx, orgId, userName)),
  'directory/write-user findByExternalId': inOrg((tx, { orgId }, { externalId }) =>
    findByExternalId(tx, orgId, externalId),
  ),
  'events/export exportEvents': ({ orgId }) =>
    collected(
      exportEvents({ orgId, filter: everything, window: {}, format: 'ndjson', mayRead: () => Promise.resolve(true) }),
    ),
  'events/facets countEvents': ({ orgId }) =>
    countEvents(orgId, { terms: [], reads: true, names: new Map(), window: span, slots: null, partial: false }),
  'events/histogram histogram': ({ orgId }) => histogram(orgId, { ...span, buckets: 10 }),
  'events/histogram slotsOf': ({ orgId }, { user }) =>
    slotsOf(orgId, { ...span, buckets: 10 }, { ...everything, targetIds: [user] }),
  'events/running-hours countRunning': ({ orgId }) =>
    countRunning(orgId, Math.floor(span.from.getTime() / HOUR) * HOUR, span.to.getTime()),
  'events/history listHistory': ({ orgId }, { user }) => listHistory(orgId, user),
  'events/inspect inspect': ({ orgId }, { event }) => inspect(orgId, event),
  'events/log readQuery': async ({ orgId }, { name }) =>
    (await readQuery(orgId, address(`user:"${name}"`))).filter.targetIds,
  'events/log readLog': async ({ orgId }) => (await readLog(orgId, address(''))).page,
  'events/names findNames': ({ orgId }, { name, groupName }) =>
    findNames(orgId, [
      { key: 'user', values: [name], not: false },
      { key: 'group', values: [groupName], not: false },
    ] satisfies Term[]),
  'events/overview getOverview': ({ orgId }) => getOverview(orgId, NOW.getTime()),
  'events/query listEvents': ({ orgId }, { user }) => listEvents(orgId, { targetId: user, reads: true }),
  'events/query listLog': ({ orgId }) => listLog(orgId, everything, {}),
  'events/query listDurations': ({ orgId }, { event }) => listDurations(orgId, [event]),
  'events/query neighbours': ({ orgId }, { event }) => neighbours(orgId, event, everything, {}),
  'events/query getEvent': ({ orgId }, { event }) => getEvent(orgId, event),
  'events/stream subscribe': streamed,
}
