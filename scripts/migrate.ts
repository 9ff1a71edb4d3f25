import { migrate } from '@/db/migrate'

/** `npm run db:migrate`: brings the database named by the environment to the current schema. */
const { DATABASE_OWNER_URL: ownerUrl, DATABASE_URL: appUrl } = process.env
if (!ownerUrl || !appUrl) {
  console.error('db:migrate needs DATABASE_OWNER_URL (makes the tables) and DATABASE_URL (its user gets the grants).')
  process.exit(2)
}
try {
  await migrate({ ownerUrl, appUrl })
  console.log('The schema is current.')
} catch (error) {
  console.error(`The schema could not be brought up to date: ${error instanceof Error ? error.message : String(error)}`)
  process.exit(1)
}
