/**
 * What is wrong with a package-lock.json: optional packages (the binaries of other systems) without an entry of their
 * own make `npm ci` fail there, and addresses of one registry do not belong into it. Returns sentences.
 */
export function lockProblems(lock) {
  const problems = []
  for (const [path, entry] of Object.entries(lock.packages)) {
    for (const name of Object.keys(entry.optionalDependencies ?? {}))
      if (!isLocked(lock, path, name)) problems.push(`${path || 'the project'} wants ${name}, which has no entry`)
    if (entry.resolved && !entry.link) problems.push(`${path} names a registry: ${entry.resolved}`)
  }
  return problems
}

/** As Node looks a package up: beside the one that wants it, then in each folder above. */
function isLocked(lock, path, name) {
  const above = path.lastIndexOf('/node_modules/')
  if (lock.packages[`${path ? `${path}/` : ''}node_modules/${name}`]) return true
  if (path === '') return false
  return isLocked(lock, above === -1 ? '' : path.slice(0, above), name)
}
