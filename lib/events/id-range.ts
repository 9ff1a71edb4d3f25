/** The smallest UUIDv7 of a moment: rows at or after it have ids at or above. Moments outside the format are clamped. */
export function floorId(ms: number): string {
  const hex = Math.trunc(Math.min(Math.max(ms, 0), 2 ** 48 - 1))
    .toString(16)
    .padStart(12, '0')
  return `${hex.slice(0, 8)}-${hex.slice(8)}-0000-0000-000000000000`
}
