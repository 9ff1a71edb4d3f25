import { afterAll, vi } from 'vitest'
import { DELETE, GET, PATCH, POST, PUT } from '@/app/scim/v2/[[...path]]/route'
import { mount } from '@/lib/scim-api/test/mount'

// Files of a worker share their modules: these suites register their tests when they are loaded, and `mount` is changed here.
vi.hoisted(() => void vi.resetModules())
afterAll(() => void vi.resetModules())

/** Next's route answers only the methods it exports. */
const handlers = new Map(Object.entries({ GET, POST, PUT, PATCH, DELETE }))

mount.fetch = (request) => handlers.get(request.method)?.(request) ?? new Response(null, { status: 405 })

// The same suites once more, this time through the other mount: importing them registers their tests here.
await import('./okta-spec/R01-spec.db.test')
await import('./okta-spec/R02-crud.db.test')
await import('./okta-spec/R03-entitlements.db.test')
await import('./okta-spec/oin-people.db.test')
await import('./okta-spec/oin-groups.db.test')
await import('./entra/validator.db.test')
await import('./rfc7644/examples.db.test')
await import('./rfc7644/bulk.db.test')
