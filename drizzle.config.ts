import { defineConfig } from 'drizzle-kit'

export default defineConfig({
  dialect: 'postgresql',
  schema: [
    './db/schema.ts',
    './db/schema-global.ts',
    './db/schema-proofs.ts',
    './db/schema-tasks.ts',
    './db/schema-events.ts',
  ],
  out: './db/migrations',
})
