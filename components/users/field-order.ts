const FIRST = ['userName', 'name', 'displayName', 'emails', 'title']

const rank = (path: string) => {
  const at = FIRST.findIndex((name) => path === name || path.startsWith(`${name}.`) || path.startsWith(`${name}[`))
  return at < 0 ? FIRST.length : at
}

/** The values of a profile by their SCIM paths, the best known first. */
export const inOrder = <T extends { path: string }>(fields: readonly T[]): T[] =>
  [...fields].sort((a, b) => rank(a.path) - rank(b.path))
