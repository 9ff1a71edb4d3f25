import { customType, timestamp, uuid } from 'drizzle-orm/pg-core'

export const bytea = customType<{ data: Buffer }>({ dataType: () => 'bytea' })

/** A moment, as Date. */
export const at = (name: string) => timestamp(name, { withTimezone: true, mode: 'date' })

/** First in every key of a company's table. */
export const orgId = () => uuid('org_id').notNull()
