import { expect, test } from 'vitest'
import { issuerProblem } from './issuer-address'

const allows = (origin: string) => origin === 'http://localhost:4010'
const problem = (text: string) => issuerProblem(text, allows)

test.each([
  'https://acme.okta.com',
  'https://acme.okta.com/oauth2/default',
  'https://acme.oktapreview.com/oauth2/aus1x2y3',
  'https://login.acme.example',
  'http://localhost:4010',
  'http://localhost:4010/oauth2/porter',
])('%s can be an issuer', (text) => {
  expect(problem(text)).toBeNull()
})

test.each([
  ['', /Enter the issuer/],
  ['acme.okta.com', /begins with https/],
  ['http://acme.okta.com', /begins with https/],
  ['ftp://acme.okta.com', /begins with https/],
  ['javascript:alert(1)', /begins with https/],
  ['https://', /no web address/],
  ['https://acme okta.com', /no web address/],
  ['https://{yourOktaDomain}', /placeholder/],
  ['https://acme.okta.com/', /slash at the end/],
  ['https://acme.okta.com/oauth2/default/', /slash at the end/],
  ['https://acme.okta.com?x=1', /before any/],
  ['https://acme.okta.com#x', /before any/],
  ['https://acme.okta.com?', /before any/],
  ['https://john@acme.okta.com', /user name/],
  ['https://john:pw@acme.okta.com', /user name/],
  ['https://ACME.okta.com', /exactly as Okta does: https:\/\/acme\.okta\.com$/],
  ['HTTPS://acme.okta.com', /exactly as Okta does/],
  ['https://acme.okta.com:443', /exactly as Okta does: https:\/\/acme\.okta\.com$/],
  ['https://acme.okta.com/a/../oauth2/x', /exactly as Okta does/],
  ['https://acme.okta.com:8443', /port/],
  ['https://127.0.0.1', /IP address/],
  ['https://2130706433', /exactly as Okta does/],
  ['https://[::1]', /IP address/],
  ['https://localhost', /whole domain/],
  ['https://acme.okta.com.', /whole domain/],
  ['https://acme-admin.okta.com', /The issuer is https:\/\/acme\.okta\.com$/],
  ['https://acme-admin.oktapreview.com', /The issuer is https:\/\/acme\.oktapreview\.com$/],
  [`https://acme.okta.com/${'x'.repeat(300)}`, /300 characters/],
  ['http://localhost:4011', /begins with https/],
  ['https://localhost:4010', /port/],
])('%s cannot, and the sentence says why', (text, expected) => {
  expect(problem(text)).toMatch(expected)
})
