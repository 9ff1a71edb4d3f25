import { ScimError } from './errors'
import { ENTERPRISE_SCHEMA } from './schemas/enterprise-user'
import { GROUP_SCHEMA } from './schemas/group'
import { USER_SCHEMA } from './schemas/user'
import type { UserAttributes } from './user'

/** For tests: what a call was refused with, `400 invalidPath`; anything but a ScimError is thrown on. */
export function refusalOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (!(error instanceof ScimError)) throw error
    return error.scimType ? `${error.status} ${error.scimType}` : String(error.status)
  }
  return 'accepted'
}

/** For tests: the sentence a call was refused with. */
export function detailOf(run: () => unknown): string {
  try {
    run()
  } catch (error) {
    if (error instanceof ScimError) return error.detail
    throw error
  }
  return ''
}

export const BASE_URL = 'https://app.rollcall.example/scim/v2/porter'

/** John Doe of Porter, as stored. */
export const john: UserAttributes = {
  userName: 'john.doe@porter.example',
  externalId: '00u1john',
  active: true,
  name: { givenName: 'John', familyName: 'Doe', formatted: 'John Doe' },
  displayName: 'John Doe',
  title: 'Porter',
  emails: [
    { value: 'john.doe@porter.example', type: 'work', primary: true },
    { value: 'john@home.example', type: 'home' },
  ],
  phoneNumbers: [{ value: '+43 1 555', type: 'work' }],
  addresses: [{ streetAddress: 'Ring 1', locality: 'Wien', type: 'work' }],
  roles: [{ value: 'manager', primary: true }],
  [ENTERPRISE_SCHEMA]: { department: 'Halls', manager: { value: 'm-1', displayName: 'Mary Major' } },
}

/** The body Okta sends for a new person of an app made with its wizard. */
export const oktaCreate = {
  schemas: [USER_SCHEMA],
  userName: 'john.doe@porter.example',
  name: { givenName: 'John', familyName: 'Doe' },
  emails: [{ primary: true, value: 'john.doe@porter.example', type: 'work' }],
  displayName: 'John Doe',
  locale: 'en-US',
  externalId: '00u1john',
  groups: [],
  password: '1mz050nq',
  active: true,
}

/** The body Okta sends when a group is first pushed. */
export const oktaGroup = { schemas: [GROUP_SCHEMA], displayName: 'Porters', members: [] }

/** A value frozen all the way down: a write anywhere in it throws. */
export function deepFreeze<T>(value: T): T {
  if (typeof value === 'object' && value !== null) {
    for (const each of Object.values(value)) deepFreeze(each)
    Object.freeze(value)
  }
  return value
}
