/** A person as Okta sends one. */
export const oktaLike = (userName: string, externalId?: string) => ({
  schemas: ['urn:ietf:params:scim:schemas:core:2.0:User'],
  userName,
  name: { givenName: 'Taken', familyName: 'Over' },
  emails: [{ primary: true, value: userName, type: 'work' }],
  displayName: 'Taken Over',
  ...(externalId ? { externalId } : {}),
  active: true,
})
