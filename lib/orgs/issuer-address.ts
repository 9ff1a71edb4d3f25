/** What is wrong with an issuer somebody typed, as a sentence; null when it can be one. `allowed`: exact origins that need no https. */
export function issuerProblem(text: string, isAllowed: (origin: string) => boolean): string | null {
  if (text === '') return 'Enter the issuer: in Okta, it is on the app’s Sign On tab.'
  if (text.length > 300) return 'An issuer is at most 300 characters long.'
  if (/[{}<>]/.test(text)) return 'This still holds a placeholder. Put your own Okta domain in its place.'
  if (!/^https?:\/\//i.test(text)) return 'An issuer is a whole address that begins with https://.'
  const url = URL.canParse(text) ? new URL(text) : null
  if (!url) return 'This is no web address. An issuer looks like https://acme.okta.com.'
  if (url.username || url.password) return 'An issuer carries no user name or password. Leave them out.'
  if (text.includes('?') || text.includes('#')) return 'An issuer ends before any ? or #. Leave the rest out.'
  if (text.endsWith('/')) return 'Leave out the slash at the end: Okta’s issuer has none.'
  const canonical = url.href.replace(/\/$/, '')
  if (text !== canonical) return `Write it exactly as Okta does: ${canonical}`
  if (isAllowed(url.origin)) return null
  if (url.protocol !== 'https:') return 'An issuer begins with https://.'
  if (url.port !== '') return 'An issuer is on the usual port. Leave the port out.'
  if (/^\[|^[\d.]+$/.test(url.hostname)) return 'An issuer is named by its domain, not by an IP address.'
  if (url.hostname.endsWith('.') || !url.hostname.includes('.')) {
    return 'An issuer is named by a whole domain, such as acme.okta.com.'
  }
  return adminConsole(url)
}

/** The address people copy from their browser is often that of Okta's console. */
function adminConsole({ hostname }: URL): string | null {
  const found = /^(.+)-admin(\.okta(?:preview|-emea)?\.com)$/.exec(hostname)
  return found ? `This is the address of Okta’s admin console. The issuer is https://${found[1]}${found[2]}` : null
}
