import { afterAll } from 'vitest'
import { shutdown } from '@/lib/process'
import { freshProcess } from '@/lib/test-process'
import { worldsVariable } from './test-workers.mjs'

/**
 * A setup file of vitest, run before each test file: the files of a worker follow each other in one process. Each takes the
 * database, or the whole stack, that belongs to this worker.
 */
freshProcess()
const worlds: Record<string, string>[] = JSON.parse(process.env[worldsVariable] ?? '[]')
const world = worlds[Number(process.env.VITEST_POOL_ID) - 1]
if (!world) throw new Error('This worker has no database of its own: run these tests with npm test')
Object.assign(process.env, world)
afterAll(shutdown)
