import type { UserRow } from './user-state'

/** Okta manages whom it has sent, or knows by an id of its own (DESIGN §6). */
export const isManaged = ({ source, externalId }: Pick<UserRow, 'source' | 'externalId'>): boolean =>
  source === 'okta' || externalId !== null
