import { randomInt } from 'node:crypto'

const BASE62 = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

const random = (length: number) => Array.from({ length }, () => BASE62.charAt(randomInt(BASE62.length))).join('')

/** Twenty characters, as Okta's user ids are. */
export const newUserId = (): string => `00u${random(17)}`

/** Okta's group ids look the same with a g. */
export const newGroupId = (): string => `00g${random(17)}`

/** Names one logged request. */
export const newRequestId = (): string => `req${random(17)}`

/** Okta sends a random password on create even when password sync is off. */
export const newDummyPassword = (): string => `${random(12)}aA1!`

/** Signs the stand-in's cookies and names the flash message of a form post. */
export const newSecret = (): string => random(32)
