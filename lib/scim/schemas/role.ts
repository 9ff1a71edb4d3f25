import { attribute, type Schema } from '../schema'

export const ROLE_SCHEMA = 'urn:okta:scim:schemas:core:1.0:Role'
export const ENTITLEMENT_SCHEMA = 'urn:okta:scim:schemas:core:1.0:Entitlement'

const readOnly = { mutability: 'readOnly' } as const

const attributes = [
  attribute('displayName', 'string', 'The name to show.', { ...readOnly, required: true }),
  attribute('type', 'string', 'The kind it belongs to.', readOnly),
  attribute('description', 'string', 'What it gives.', readOnly),
]

/** Okta's two resource types for entitlement discovery: the organization's own catalogue, read only over SCIM. */
export const roleSchema: Schema = {
  id: ROLE_SCHEMA,
  name: 'Role',
  description: 'A role Okta may put into roles of a User',
  attributes,
}

export const entitlementSchema: Schema = {
  id: ENTITLEMENT_SCHEMA,
  name: 'Entitlement',
  description: 'An entitlement Okta may put into entitlements of a User',
  attributes,
}
