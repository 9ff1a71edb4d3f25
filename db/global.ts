import 'server-only'
import { pool } from './client'

/** The org a slug names, or null. Reads the one table every org may read. */
export async function getOrgIdBySlug(slug: string): Promise<string | null> {
  const [row] = await pool()<{ org_id: string }[]>`select org_id from org_slugs where slug = ${slug}`
  return row?.org_id ?? null
}

/** The org that has verified this e-mail domain (lower case), or null. */
export async function getOrgIdByDomain(domain: string): Promise<string | null> {
  const [row] = await pool()<{ org_id: string }[]>`select org_id from domains where domain = ${domain}`
  return row?.org_id ?? null
}

/**
 * One cheap statement; rejects when the database is away. With a parameter, so that the driver waits for its answer before
 * it sends another on the same connection: without prepared statements that other one is first described, without a
 * Sync, and a pooler that counts Syncs (pgbouncer 1.18) may have given its server away by then. Nobody ever answered it.
 */
export async function ping(): Promise<void> {
  await pool()`select ${1}::int`
}

/** Slugs that begin with `prefix`, and whose they are; 100 at most. */
export async function listSlugsLike(prefix: string): Promise<{ slug: string; orgId: string }[]> {
  const rows = await pool()<{ slug: string; org_id: string }[]>`
    select slug, org_id from org_slugs where starts_with(slug, ${prefix}) limit 100`
  return rows.map(({ slug, org_id: orgId }) => ({ slug, orgId }))
}
