import { readFileSync } from 'node:fs'
import { at } from './root.mjs'

/** Reads `.env` into process.env without replacing what is set. Missing file: nothing. */
export function loadDotEnv() {
  try {
    process.loadEnvFile(at('.env'))
  } catch (error) {
    if (error.code !== 'ENOENT') throw error
  }
}

/**
 * The environment of a script run by hand: `.env` first; without a database named there, the one of the demo that
 * runs in this folder. Never replaces what is set.
 */
export function localEnv() {
  loadDotEnv()
  if (process.env.DATABASE_URL || process.env.DATABASE_OWNER_URL) return
  try {
    const { env } = JSON.parse(readFileSync(at('.data', 'env.json'), 'utf8'))
    for (const [name, value] of Object.entries(env)) process.env[name] ??= value
  } catch {}
}
