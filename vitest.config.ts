import { defineConfig } from 'vitest/config'
import { LongestFirst } from './scripts/lib/test-order'
import { testWorkers } from './scripts/lib/test-workers.mjs'

const shared = {
  resolve: {
    alias: {
      '@': import.meta.dirname,
      // Only Next knows this marker; elsewhere it is the package's own empty file.
      'server-only': `${import.meta.dirname}/node_modules/server-only/empty.js`,
    },
  },
}
const never = ['**/node_modules/**', '.data/**', '.next*/**']
// Files of one worker share its world and process and take turns; those of another have a world of their own.
const onDatabase = {
  isolate: false,
  maxWorkers: testWorkers,
  setupFiles: ['scripts/lib/test-world.ts'],
  testTimeout: 60_000,
  hookTimeout: 120_000,
}

export default defineConfig({
  test: {
    sequence: { sequencer: LongestFirst },
    projects: [
      {
        ...shared,
        test: {
          name: 'unit',
          include: ['{lib,components,app,db,scripts,e2e}/**/*.test.{ts,tsx}'],
          exclude: [...never, '**/*.db.test.ts'],
          isolate: false,
          setupFiles: ['scripts/lib/test-process.ts'],
          // What env() needs to be read at all; nobody listens there.
          env: {
            DATABASE_URL: 'postgres://app@localhost:1/rollcall',
            ROLLCALL_KEYS: `v1:${'A'.repeat(43)}=`,
            LOG_LEVEL: 'silent',
          },
          // Two cores run the whole suite at once; a property test must not fail for want of time.
          testTimeout: 30_000,
        },
      },
      {
        ...shared,
        test: {
          name: 'db',
          include: ['**/*.db.test.ts'],
          exclude: never,
          globalSetup: ['scripts/lib/test-database.ts'],
          ...onDatabase,
        },
      },
      {
        ...shared,
        test: {
          name: 'e2e',
          include: ['e2e/**/*.spec.ts'],
          // `npm run screenshots` takes pictures, and nobody else.
          exclude: process.env.ROLLCALL_SCREENSHOTS === '1' ? never : [...never, 'e2e/screenshots/**'],
          ...onDatabase,
          testTimeout: 180_000,
          hookTimeout: 120_000,
        },
      },
    ],
  },
})
