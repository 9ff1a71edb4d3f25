import 'server-only'
import pino from 'pino'
import { env } from './env'
import { once } from './process'

/** The process's log: one JSON line each, to standard output. */
export const log = () => once('log', () => pino({ level: env().LOG_LEVEL, base: { name: 'rollcall' } }))
