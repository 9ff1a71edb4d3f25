/** `npm run build`: the production build, pages and server. */
import { install } from './lib/install.mjs'
import { loadDotEnv } from './lib/local-env.mjs'

try {
  await install()
  loadDotEnv()
  const { buildApp } = await import('./lib/build-app.mjs')
  await buildApp({ dist: process.env.ROLLCALL_DIST || '.next', env: process.env, force: true, quiet: false })
  console.log('Built. Start it with: npm start')
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
