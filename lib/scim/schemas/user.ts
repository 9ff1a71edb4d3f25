import { type Attribute, attribute, type Schema } from '../schema'

export const USER_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:User'

const type = (canonicalValues: readonly string[]) =>
  attribute('type', 'string', 'What the value is used for.', { canonicalValues })
const display = attribute('display', 'string', 'A name to show for the value.')
const primary = attribute('primary', 'boolean', 'Whether this is the preferred value; at most one is.')

/** RFC 7643 §2.4: a list of { value, display, type, primary }. */
function plural(name: string, description: string, value: Attribute, types: readonly string[] = []): Attribute {
  const kind = types.length > 0 ? type(types) : attribute('type', 'string', 'What the value is used for.')
  return attribute(name, 'complex', description, { multiValued: true, subAttributes: [value, display, kind, primary] })
}

const text = (description: string) => attribute('value', 'string', description)

/** RFC 7643 §4.1 without `password`: people sign in through Okta, so there is none to set. */
export const userSchema: Schema = {
  id: USER_SCHEMA,
  name: 'User',
  description: 'User Account',
  attributes: [
    attribute('userName', 'string', 'The name the person signs in with; unique in the organization.', {
      required: true,
      uniqueness: 'server',
    }),
    attribute('name', 'complex', "The parts of the person's name.", {
      subAttributes: [
        attribute('formatted', 'string', 'The full name, as shown.'),
        attribute('familyName', 'string', 'The family name.'),
        attribute('givenName', 'string', 'The given name.'),
        attribute('middleName', 'string', 'The middle names.'),
        attribute('honorificPrefix', 'string', 'The title before the name.'),
        attribute('honorificSuffix', 'string', 'The suffix after the name.'),
      ],
    }),
    attribute('displayName', 'string', 'The name to show.'),
    attribute('nickName', 'string', 'The casual name.'),
    attribute('profileUrl', 'reference', "The address of the person's profile.", {
      caseExact: true,
      referenceTypes: ['external'],
    }),
    attribute('title', 'string', 'The job title.'),
    attribute('userType', 'string', 'How the person and the organization are related.'),
    attribute('preferredLanguage', 'string', 'The preferred language.'),
    attribute('locale', 'string', 'The place, for formats of dates and numbers.'),
    attribute('timezone', 'string', 'The time zone, as in "Europe/Vienna".'),
    attribute('active', 'boolean', 'Whether the person may sign in. False ends every session.'),
    plural('emails', 'E-mail addresses.', text('The e-mail address.'), ['work', 'home', 'other']),
    plural('phoneNumbers', 'Phone numbers.', text('The phone number.'), [
      'work',
      'home',
      'mobile',
      'fax',
      'pager',
      'other',
    ]),
    plural('ims', 'Instant messaging addresses.', text('The address.'), [
      'aim',
      'gtalk',
      'icq',
      'xmpp',
      'msn',
      'skype',
      'qq',
      'yahoo',
    ]),
    plural(
      'photos',
      'Addresses of photos.',
      attribute('value', 'reference', 'The address of the photo.', { caseExact: true, referenceTypes: ['external'] }),
      ['photo', 'thumbnail'],
    ),
    attribute('addresses', 'complex', 'Postal addresses.', {
      multiValued: true,
      subAttributes: [
        attribute('formatted', 'string', 'The whole address, as shown.'),
        attribute('streetAddress', 'string', 'Street and number.'),
        attribute('locality', 'string', 'The city.'),
        attribute('region', 'string', 'The state or region.'),
        attribute('postalCode', 'string', 'The postal code.'),
        attribute('country', 'string', 'The country, ISO 3166-1 alpha-2.'),
        type(['work', 'home', 'other']),
        primary,
      ],
    }),
    attribute('groups', 'complex', 'The groups the person is in. Change them through /Groups.', {
      multiValued: true,
      mutability: 'readOnly',
      subAttributes: [
        attribute('value', 'string', 'The id of the group.', { caseExact: true, mutability: 'readOnly' }),
        attribute('$ref', 'reference', 'The address of the group.', {
          caseExact: true,
          mutability: 'readOnly',
          referenceTypes: ['Group'],
        }),
        attribute('display', 'string', 'The name of the group.', { mutability: 'readOnly' }),
        attribute('type', 'string', 'Always "direct": groups do not nest.', {
          mutability: 'readOnly',
          canonicalValues: ['direct'],
        }),
      ],
    }),
    plural('entitlements', 'Things the person may use.', text('The value of the entitlement.')),
    plural(
      'roles',
      'Roles of the person; they grant what the organization switched on.',
      text('The value of the role.'),
    ),
    plural(
      'x509Certificates',
      'X.509 certificates.',
      attribute('value', 'binary', 'The DER certificate, base64.', { caseExact: true }),
    ),
  ],
}
