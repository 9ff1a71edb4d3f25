const demo = process.env.ROLLCALL_DEMO === '1'

/** @type {import('next').NextConfig} */
export default {
  distDir: process.env.ROLLCALL_DIST || '.next',
  // Files named *.demo.tsx exist in demo builds only.
  pageExtensions: demo ? ['demo.tsx', 'demo.ts', 'tsx', 'ts'] : ['tsx', 'ts'],
  poweredByHeader: false,
  reactStrictMode: true,
  // `npm run check` and `npm test` check the types of everything, not of the routes alone.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ['postgres', 'pino', '@okta/okta-auth-js'],
  // Not a folder above that happens to hold a lock file.
  turbopack: { root: import.meta.dirname },
  agentRules: false,
  experimental: {
    authInterrupts: true,
    agentUpgrade: false,
    // A build is kept until its sources change; writing a cache for the next one takes a third of it.
    turbopackFileSystemCacheForBuild: false,
    // Loading every page at the start keeps the first answers waiting; each comes with its first visitor.
    preloadEntriesOnStart: false,
    // A CSV of people is up to 1 MiB, and comes back with its preview to be applied.
    serverActions: { bodySizeLimit: '4mb' },
  },
}
