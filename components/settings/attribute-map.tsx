import { Card } from '@/components/ui/card'

const rows: [scim: string, okta: string, here: string][] = [
  ['userName', 'Username', 'Who it is; unique in the company'],
  ['externalId', 'Okta user id', 'Ties the person to their sign-in'],
  ['name.givenName, name.familyName', 'First and last name', 'Name'],
  ['displayName', 'Display name', 'Name as shown; without it, first and last'],
  ['emails[primary eq true].value', 'Primary email', 'E-mail'],
  ['active', 'Assigned and active', 'May sign in'],
  ['title', 'Title', 'Profile'],
  ['urn:…enterprise:2.0:User:department', 'Department', 'Profile'],
  ['urn:…enterprise:2.0:User:employeeNumber', 'Employee number', 'Profile'],
  ['urn:…enterprise:2.0:User:manager', 'Manager', 'Profile'],
  ['roles', 'Roles, where your app sends them', 'A role, for values switched on under Roles'],
  ['entitlements', 'Entitlements', 'Profile; the catalogue is under Roles'],
  ['password', 'Password, sent with each new person', 'Dropped before anything is stored or logged'],
]

/** Which SCIM attribute becomes what; everything else of RFC 7643 is kept in the profile as sent. */
export function AttributeMap() {
  return (
    <Card title="Attribute map" note="other attributes of RFC 7643 are kept in the profile">
      <dl className="divide-y divide-border">
        {rows.map(([scim, okta, here]) => (
          <div key={scim} className="grid gap-x-6 px-4 py-2 md:grid-cols-[2fr_3fr]">
            <dt className="font-mono text-xs leading-5 break-words">{scim}</dt>
            <dd>
              {here} <span className="text-muted">· in Okta: {okta}</span>
            </dd>
          </div>
        ))}
      </dl>
    </Card>
  )
}
