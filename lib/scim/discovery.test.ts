import { describe, expect, test } from 'vitest'
import { resourceTypes, schemas, serviceProviderConfig } from './discovery'
import { BASE_URL } from './fixtures'
import { resolvePath, resourceTypeTable } from './resource-types'
import { type Attribute, attributeIn } from './schema'

describe('RFC 7643 §5: ServiceProviderConfig', () => {
  const config = serviceProviderConfig(BASE_URL)

  test('says what is supported, and how much', () => {
    expect(config).toMatchObject({
      schemas: ['urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'],
      patch: { supported: true },
      bulk: { supported: true, maxOperations: 1_000, maxPayloadSize: 8_388_608 },
      filter: { supported: true, maxResults: 200 },
      changePassword: { supported: false },
      sort: { supported: true },
      etag: { supported: true },
      meta: { location: `${BASE_URL}/ServiceProviderConfig`, resourceType: 'ServiceProviderConfig' },
    })
  })

  test('RFC 9865 §4: advertises both ways of paging', () => {
    expect(config.pagination).toEqual({
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize: 100,
      maxPageSize: 200,
    })
  })

  test('documentation is on this server', () => {
    expect(config.documentationUri).toBe('https://app.rollcall.example/learn')
  })

  test('one bearer scheme', () => {
    expect(config.authenticationSchemes).toMatchObject([{ type: 'oauthbearertoken', primary: true }])
  })
})

describe('RFC 7643 §6: ResourceTypes', () => {
  test.each([
    ['User', '/Users', 'urn:ietf:params:scim:schemas:core:2.0:User'],
    ['Group', '/Groups', 'urn:ietf:params:scim:schemas:core:2.0:Group'],
    ['Role', '/Roles', 'urn:okta:scim:schemas:core:1.0:Role'],
    ['Entitlement', '/Entitlements', 'urn:okta:scim:schemas:core:1.0:Entitlement'],
  ])('%s at %s', (id, endpoint, schema) => {
    expect(resourceTypes(BASE_URL).find((each) => each.id === id)).toMatchObject({
      name: id,
      endpoint,
      schema,
      meta: { resourceType: 'ResourceType', location: `${BASE_URL}/ResourceTypes/${id}` },
    })
  })

  test('the enterprise extension is optional, and only users have it', () => {
    const withExtension = resourceTypes(BASE_URL).filter((each) => 'schemaExtensions' in each)
    expect(withExtension).toMatchObject([
      {
        id: 'User',
        schemaExtensions: [{ schema: 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User', required: false }],
      },
    ])
  })
})

describe('RFC 7643 §7: Schemas', () => {
  const all = schemas(BASE_URL)

  test('every schema a resource type names is described, once', () => {
    const named = resourceTypes(BASE_URL).flatMap((each) => [
      each.schema,
      ...('schemaExtensions' in each ? each.schemaExtensions.map(({ schema }) => schema) : []),
    ])
    expect(all.map((each) => each.id).sort()).toEqual(named.sort())
  })

  test('every attribute has every characteristic of §7', () => {
    const check = (each: Attribute): void => {
      for (const key of [
        'type',
        'multiValued',
        'description',
        'required',
        'caseExact',
        'mutability',
        'returned',
        'uniqueness',
      ]) {
        expect(each, `${each.name} has ${key}`).toHaveProperty(key)
      }
      expect(each.type === 'complex', `${each.name} has sub-attributes when it is complex`).toBe(
        'subAttributes' in each,
      )
      expect(each.type === 'reference', `${each.name} has referenceTypes when it is a reference`).toBe(
        'referenceTypes' in each,
      )
      each.subAttributes?.forEach(check)
    }
    for (const { attributes } of all) attributes.forEach(check)
  })

  test.each([
    ['User', 'userName', { required: true, uniqueness: 'server', caseExact: false, mutability: 'readWrite' }],
    ['User', 'groups', { mutability: 'readOnly', multiValued: true }],
    ['User', 'active', { type: 'boolean' }],
    ['User', 'emails', { type: 'complex', multiValued: true }],
    ['Group', 'displayName', { required: true, uniqueness: 'server' }],
    ['Group', 'members', { type: 'complex', multiValued: true, mutability: 'readWrite' }],
    ['Role', 'displayName', { mutability: 'readOnly' }],
    ['EnterpriseUser', 'manager', { type: 'complex', multiValued: false }],
  ])('%s.%s', (schema, name, expected) => {
    const attributes = all.find((each) => each.name === schema)?.attributes
    expect(attributes?.find((each) => each.name === name)).toMatchObject(expected)
  })

  test('every attribute of RFC 7643 §4.1 but the password', () => {
    const user = all.find((each) => each.name === 'User')?.attributes
    expect(user?.map((each) => each.name).sort()).toEqual(
      [
        ...['userName', 'name', 'displayName', 'nickName', 'profileUrl', 'title', 'userType', 'preferredLanguage'],
        ...['locale', 'timezone', 'active', 'emails', 'phoneNumbers', 'ims', 'photos', 'addresses', 'groups'],
        ...['entitlements', 'roles', 'x509Certificates'],
      ].sort(),
    )
  })

  test('what is described is what is resolved: every attribute is found, in any case, by name and by URN', () => {
    for (const type of ['User', 'Group', 'Role', 'Entitlement'] as const) {
      const { schema, extensions } = resourceTypeTable[type]
      for (const each of [schema, ...extensions]) {
        for (const { name, subAttributes } of each.attributes) {
          expect(resolvePath(name.toUpperCase(), type)?.attribute.name).toBe(name)
          expect(resolvePath(`${each.id.toUpperCase()}:${name}`, type)?.attribute.name).toBe(name)
          for (const sub of subAttributes ?? []) {
            expect(resolvePath(`${each.id}:${name}.${sub.name}`, type)?.sub?.name).toBe(sub.name)
          }
        }
      }
    }
  })
})

describe('resolvePath finds nothing but what the tables have', () => {
  test.each([
    ['__proto__'],
    ['constructor'],
    ['toString'],
    ['name.__proto__'],
    ['name.'],
    ['.name'],
    ['name..givenName'],
    ['name.givenName.x'],
    [''],
    ['urn:'],
    ['urn:ietf:params:scim:schemas:core:2.0:User'],
    ['urn:ietf:params:scim:schemas:core:2.0:User:'],
    ['urn:ietf:params:scim:schemas:core:2.0:Group:displayName'],
    ['urn:ietf:params:scim:schemas:core:2.0:Users:userName'],
    ['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:'],
    ['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:title'],
    ['urn:ietf:params:scim:schemas:extension:enterprise:2.0:User.department'],
    ['password'],
  ])('%j', (name) => {
    expect(resolvePath(name, 'User')).toBeUndefined()
  })

  test('attributeIn of nothing is nothing', () => {
    expect(attributeIn(undefined, 'x')).toBeUndefined()
  })
})
