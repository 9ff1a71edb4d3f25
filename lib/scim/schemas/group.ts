import { attribute, type Schema } from '../schema'

export const GROUP_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Group'

/** RFC 7643 §4.2. Members are users only: nested groups are refused. */
export const groupSchema: Schema = {
  id: GROUP_SCHEMA,
  name: 'Group',
  description: 'Group',
  attributes: [
    attribute('displayName', 'string', 'The name of the group; unique in the organization.', {
      required: true,
      uniqueness: 'server',
    }),
    attribute('members', 'complex', 'The people in the group.', {
      multiValued: true,
      subAttributes: [
        attribute('value', 'string', 'The id of the user.', { caseExact: true, mutability: 'immutable' }),
        attribute('$ref', 'reference', 'The address of the user.', {
          caseExact: true,
          mutability: 'readOnly',
          referenceTypes: ['User'],
        }),
        attribute('display', 'string', 'The name of the user.', { mutability: 'readOnly' }),
        attribute('type', 'string', 'Always "User": groups do not nest.', {
          mutability: 'readOnly',
          canonicalValues: ['User'],
        }),
      ],
    }),
  ],
}
