import { expect, test } from 'vitest'
import { settingsPlace } from './settings-place'

test.each([
  ['token.refused', null, null, 'provisioning'],
  ['token.revoked', 'token', '…7CCs', 'provisioning'],
  ['connection.changed', 'connection', 'SCIM', 'provisioning'],
  ['connection.changed', 'connection', 'Sign-in', 'sign-in'],
  ['connection.tested', 'connection', null, 'sign-in'],
  ['domain.changed', 'domain', 'porter.example', 'domains'],
  ['entitlement.changed', null, 'Reports', 'roles'],
  ['provisioning.braked', null, null, 'general'],
  ['org.changed', 'org', 'Porter', 'general'],
  ['user.created', 'user', 'John Doe', undefined],
  ['role_mapping.changed', 'group', 'Managers', undefined],
  ['signin.succeeded', 'user', 'John Doe', undefined],
] as const)('%s about %s %s is mended under %s', (type, targetKind, targetName, page) => {
  expect(settingsPlace({ type, targetKind, targetName })?.page).toBe(page)
})
