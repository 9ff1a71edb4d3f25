import postgres from 'postgres'
import { citusStep } from '@/db/citus'

const HELP = `Prints the whole step that distributes this database by organization over several machines with Citus, as SQL.
It reads the catalogue and changes nothing: look at it, then run it where its comments say.

  npm run citus > citus.sql

Needs DATABASE_OWNER_URL (a database that npm run db:migrate has brought to the current schema) and DATABASE_URL (whose
role the app has).`

async function main() {
  if (process.argv.includes('--help')) return console.log(HELP)
  const { DATABASE_OWNER_URL: url, DATABASE_URL: app } = process.env
  if (!url || !app) throw new Error('DATABASE_OWNER_URL and DATABASE_URL are needed: see .env.example')
  const sql = postgres(url, { max: 1, onnotice: () => undefined })
  console.log(await citusStep(sql, decodeURIComponent(new URL(app).username)).finally(() => sql.end({ timeout: 2 })))
}

main().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error)
  process.exitCode = 1
})
