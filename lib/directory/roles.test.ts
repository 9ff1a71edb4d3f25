import { expect, test } from 'vitest'
import { decideRole, hasRole, type RoleSources } from './roles'

const none: RoleSources = {
  manualRole: null,
  scimRoles: [],
  allowedScimRoles: ['manager', 'admin'],
  groups: [],
  defaultRole: 'member',
}
const sales = { groupId: 'g', groupName: 'Sales' }

test.each<[string, Partial<RoleSources>, string, string[]]>([
  ['nothing gives member', {}, 'member', ['default']],
  ['nothing gives the org’s default role', { defaultRole: 'manager' }, 'manager', ['default']],
  ['the default gives way to anything given', { defaultRole: 'manager', manualRole: 'member' }, 'member', ['hand']],
  ['a SCIM role the org switched on counts', { scimRoles: ['manager'] }, 'manager', ['scim-role']],
  [
    'a SCIM role the org did not switch on does not',
    { scimRoles: ['manager'], allowedScimRoles: [] },
    'member',
    ['default'],
  ],
  ['SCIM never makes an owner', { scimRoles: ['owner'], allowedScimRoles: ['owner'] }, 'member', ['default']],
  [
    'a value named after an inherited property is no role',
    { scimRoles: ['toString'], allowedScimRoles: ['toString'] },
    'member',
    ['default'],
  ],
  ['a mapped group is capped at admin', { groups: [{ ...sales, role: 'owner' }] }, 'admin', ['group']],
  [
    'the highest wins',
    { manualRole: 'member', scimRoles: ['manager'], groups: [{ ...sales, role: 'admin' }] },
    'admin',
    ['group', 'scim-role', 'hand'],
  ],
  ['by hand may be owner', { manualRole: 'owner', scimRoles: ['manager'] }, 'owner', ['hand', 'scim-role']],
])('role: %s', (_, sources, role, by) => {
  const decided = decideRole({ ...none, ...sources })
  expect(decided.role).toBe(role)
  expect(decided.reasons.map((r) => r.by)).toEqual(by)
})

test('owner may what admin may, member may not what manager may', () => {
  expect(hasRole('owner', 'admin')).toBe(true)
  expect(hasRole('manager', 'manager')).toBe(true)
  expect(hasRole('member', 'manager')).toBe(false)
})
