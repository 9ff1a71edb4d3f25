/**
 * A user's weak entity tag, `W/"<version>-<digest of its groups>"`: a group's new name changes what GET answers, but
 * not the user's version.
 */
export function userEtag(version: number, groups: readonly { value: string; display: string }[]): string {
  return `W/"${version}-${digest(groups)}"`
}

/** The entity tag of everything whose version alone says what GET answers. */
export function versionEtag(version: number): string {
  return `W/"${version}"`
}

function digest(groups: readonly { value: string; display: string }[]): string {
  if (groups.length === 0) return '0'
  const lines = groups.map(({ value, display }) => JSON.stringify([value, display]))
  return hash53(lines.sort().join('\n')).toString(36)
}

/** A 53-bit mix of two 32-bit lanes; it tells states of one user apart and guards nothing. */
function hash53(text: string): number {
  let a = 0xdeadbeef
  let b = 0x41c6ce57
  for (let i = 0; i < text.length; i++) {
    const unit = text.charCodeAt(i)
    a = Math.imul(a ^ unit, 2654435761)
    b = Math.imul(b ^ unit, 1597334677)
  }
  a = Math.imul(a ^ (a >>> 16), 2246822507) ^ Math.imul(b ^ (b >>> 13), 3266489909)
  b = Math.imul(b ^ (b >>> 16), 2246822507) ^ Math.imul(a ^ (a >>> 13), 3266489909)
  return 4294967296 * (2097151 & b) + (a >>> 0)
}

const TAG = /(?:W\/)?"([^"]*)"/g

function tagsOf(header: string): string[] {
  return [...header.matchAll(TAG)].map(([, opaque]) => opaque ?? '')
}

/** RFC 7644 §3.14, RFC 9110 §13.1.2: true = answer 304. Compares weakly, the whole tag. */
export function matchesIfNoneMatch(header: string | null | undefined, etag: string): boolean {
  if (!header) return false
  if (header.trim() === '*') return true
  const [own] = tagsOf(etag)
  return own !== undefined && tagsOf(header).includes(own)
}

/**
 * RFC 7644 §3.14: false = answer 412. Compares the version part only, so that a renamed group does not fail a write
 * to its people. No header matches; a header without a tag does not.
 */
export function matchesIfMatch(header: string | null | undefined, version: number): boolean {
  if (header === null || header === undefined || header.trim() === '*') return true
  return tagsOf(header).some((each) => each.split('-', 1)[0] === String(version))
}
