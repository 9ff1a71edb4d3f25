import { attribute, type Schema } from '../schema'

export const ENTERPRISE_SCHEMA = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

/** RFC 7643 §4.3. `manager.displayName` is readWrite: Okta owns that name, and its manager is seldom an id of ours. */
export const enterpriseUserSchema: Schema = {
  id: ENTERPRISE_SCHEMA,
  name: 'EnterpriseUser',
  description: 'Enterprise User',
  attributes: [
    attribute('employeeNumber', 'string', 'The number the organization gave the person.'),
    attribute('costCenter', 'string', 'The cost center.'),
    attribute('organization', 'string', 'The organization.'),
    attribute('division', 'string', 'The division.'),
    attribute('department', 'string', 'The department.'),
    attribute('manager', 'complex', "The person's manager.", {
      subAttributes: [
        attribute('value', 'string', "The manager's identifier.", { caseExact: true }),
        attribute('$ref', 'reference', "The address of the manager's user.", {
          caseExact: true,
          referenceTypes: ['User'],
        }),
        attribute('displayName', 'string', "The manager's name."),
      ],
    }),
  ],
}
