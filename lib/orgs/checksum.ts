import { crc32 } from 'node:zlib'

const ALPHABET = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz'

/** CRC-32 as six base62 characters: tells a mistyped or invented token from a real one without a query. */
export function checksum(text: string): string {
  let n = crc32(text)
  let out = ''
  for (let i = 0; i < 6; i++) {
    out = ALPHABET.charAt(n % 62) + out
    n = Math.floor(n / 62)
  }
  return out
}
