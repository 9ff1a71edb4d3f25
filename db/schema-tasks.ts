import { date, foreignKey, index, pgTable, primaryKey, text, uuid } from 'drizzle-orm/pg-core'
import { at, orgId } from './columns'
import { users } from './schema'

export const tasks = pgTable(
  'tasks',
  {
    orgId: orgId(),
    id: uuid('id').notNull(),
    title: text('title').notNull(),
    assigneeId: uuid('assignee_id').notNull(),
    createdBy: uuid('created_by').notNull(),
    dueOn: date('due_on', { mode: 'string' }),
    doneAt: at('done_at'),
    createdAt: at('created_at').notNull().defaultNow(),
  },
  (t) => [
    primaryKey({ columns: [t.orgId, t.id] }),
    foreignKey({ columns: [t.orgId, t.assigneeId], foreignColumns: [users.orgId, users.id], name: 'tasks_assignee' }),
    foreignKey({ columns: [t.orgId, t.createdBy], foreignColumns: [users.orgId, users.id], name: 'tasks_creator' }),
    index('tasks_assigned').on(t.orgId, t.assigneeId, t.createdAt, t.id),
  ],
)
