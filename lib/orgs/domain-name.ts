import { isIP } from 'node:net'
import { domainToASCII, domainToUnicode } from 'node:url'

/** Names that never lead to a public zone, so nobody can prove that one is theirs. */
const LOCAL = new Set(['localhost', 'local', 'internal', 'lan', 'home', 'corp', 'arpa', 'onion', 'invalid', 'alt'])

/** Second levels under which registries sell to everybody: nobody owns co.uk or com.au. */
const SHARED_SECOND = new Set(
  'ac asn co com edu gob gouv gov govt go gv k12 ltd mil muni ne net nhs nic nom or org plc sch'.split(' '),
)

/** Well-known names under which others host: whoever has a.github.io does not have github.io. */
const HOSTS = new Set(
  'github.io gitlab.io pages.dev workers.dev web.app firebaseapp.com herokuapp.com vercel.app netlify.app azurewebsites.net cloudfront.net amazonaws.com blogspot.com appspot.com onrender.com fly.dev ngrok.io uk.com us.com eu.com de.com'.split(
    ' ',
  ),
)

/** Mail for everybody: whoever has an address there is not of one company. */
const MAILBOXES = new Set(
  'gmail.com googlemail.com outlook.com hotmail.com live.com msn.com yahoo.com icloud.com me.com mac.com aol.com gmx.de gmx.net gmx.com web.de proton.me protonmail.com mail.ru yandex.ru qq.com 163.com 126.com zoho.com mail.com fastmail.com t-online.de orange.fr free.fr'.split(
    ' ',
  ),
)

const LABEL = /^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/

/** The one written form of a domain (ASCII, lower case, IDN as punycode), or null for anything that is none. */
export function asciiDomain(text: string): string | null {
  const folded = text.normalize('NFKC').trim().toLowerCase().replace(/\.$/, '')
  // The URL standard would take apart what it finds in a host; nothing but letters, digits, dots and hyphens gets there.
  if (folded.length > 253 || !/^[\p{L}\p{M}\p{N}.-]+$/u.test(folded)) return null
  const ascii = domainToASCII(folded)
  if (ascii === '' || ascii.length > 253 || isIP(ascii) !== 0) return null
  const labels = ascii.split('.')
  // A last label of digits is an address, not a name.
  return labels.every((label) => LABEL.test(label)) && !/^\d+$/.test(labels.at(-1) ?? '') ? ascii : null
}

/** How people write it: punycode as its letters. */
export const shownDomain = (domain: string): string => domainToUnicode(domain) || domain

/** The domain of an e-mail address in its one written form; null for what is no address. */
export function domainOfAddress(address: string): string | null {
  const at = address.lastIndexOf('@')
  const local = address.slice(0, at)
  if (at < 1 || at > 64 || address.length > 320 || /[\s@,;:<>"()[\]\\]/.test(local)) return null
  const domain = asciiDomain(address.slice(at + 1))
  return domain?.includes('.') ? domain : null
}

/** What somebody typed as a domain, in its one written form, or a sentence that says why not. */
export function readDomain(typed: string): { domain: string } | { problem: string } {
  const text = typed.trim()
  if (text === '') return { problem: 'Type the domain of your e-mail addresses, such as porter.example.' }
  const domain = asciiDomain(text)
  if (!domain) {
    const why = text.includes('@')
      ? 'Leave out what stands before the @.'
      : 'Type only the name, such as porter.example.'
    return { problem: `That is not a domain. ${why}` }
  }
  const labels = domain.split('.')
  const [second = '', top = ''] = labels.slice(-2)
  if (labels.length < 2) return { problem: 'A domain has at least two parts, such as porter.example.' }
  if (LOCAL.has(top)) return { problem: `Names under .${top} are not public, so nothing can be proved about them.` }
  if (isShared(labels, second, top)) {
    return { problem: `${shownDomain(domain)} is shared by many companies. Type the domain that is yours alone.` }
  }
  if (MAILBOXES.has(domain)) {
    return { problem: `Everybody can have an address at ${domain}. Type a domain of your company.` }
  }
  return { domain }
}

const isShared = (labels: string[], second: string, top: string): boolean =>
  labels.length === 2 && ((top.length === 2 && SHARED_SECOND.has(second)) || HOSTS.has(`${second}.${top}`))
