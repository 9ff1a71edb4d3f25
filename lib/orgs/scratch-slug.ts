/** How the slugs of companies begin that exist for one readiness run; nobody else may have one (lib/auth/slug.ts). */
export const SCRATCH_PREFIX = 'zz-readiness-'
