/** `npm run build`: the production build, pages and server. */
import { spawnSync } from 'node:child_process'
import { install } from './lib/install.mjs'
import { loadDotEnv } from './lib/local-env.mjs'
import { root } from './lib/root.mjs'

try {
  await install()
  loadDotEnv()
  const { buildApp } = await import('./lib/build-app.mjs')
  const run = (args, env) => spawnSync(process.execPath, args, { cwd: root, env, stdio: 'inherit' }).status
  await buildApp({ dist: process.env.ROLLCALL_DIST || '.next', env: process.env, run })
  console.log('Built. Start it with: npm start')
} catch (error) {
  console.error(error.message)
  process.exit(1)
}
