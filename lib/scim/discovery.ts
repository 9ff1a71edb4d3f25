import { MAX_BULK_BYTES, MAX_BULK_OPERATIONS } from './limits'
import { DEFAULT_COUNT, MAX_RESULTS } from './list'
import { resourceTypeTable } from './resource-types'
import type { ResourceType, Schema } from './schema'

const CONFIG_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:ServiceProviderConfig'
const TYPE_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:ResourceType'
const SCHEMA_SCHEMA = 'urn:ietf:params:scim:schemas:core:2.0:Schema'

const names: readonly ResourceType[] = ['User', 'Group', 'Role', 'Entitlement']

/** RFC 7643 §5, with the pagination attributes of RFC 9865 §4. */
export function serviceProviderConfig(baseUrl: string) {
  return {
    schemas: [CONFIG_SCHEMA],
    documentationUri: new URL('/learn', baseUrl).href,
    patch: { supported: true },
    bulk: { supported: true, maxOperations: MAX_BULK_OPERATIONS, maxPayloadSize: MAX_BULK_BYTES },
    filter: { supported: true, maxResults: MAX_RESULTS },
    changePassword: { supported: false },
    sort: { supported: true },
    etag: { supported: true },
    pagination: {
      cursor: true,
      index: true,
      defaultPaginationMethod: 'index',
      defaultPageSize: DEFAULT_COUNT,
      maxPageSize: MAX_RESULTS,
    },
    authenticationSchemes: [
      {
        type: 'oauthbearertoken',
        name: 'Bearer token',
        description: 'A token an admin of the organization makes on the provisioning page, sent as "Bearer <token>".',
        specUri: 'https://www.rfc-editor.org/info/rfc6750',
        primary: true,
      },
    ],
    meta: { resourceType: 'ServiceProviderConfig', location: `${baseUrl}/ServiceProviderConfig` },
  }
}

/** RFC 7643 §6, one entry per endpoint. */
export function resourceTypes(baseUrl: string) {
  return names.map((name) => {
    const { endpoint, description, schema, extensions } = resourceTypeTable[name]
    return {
      schemas: [TYPE_SCHEMA],
      id: name,
      name,
      endpoint,
      description,
      schema: schema.id,
      ...(extensions.length > 0
        ? { schemaExtensions: extensions.map((each) => ({ schema: each.id, required: false })) }
        : {}),
      meta: { resourceType: 'ResourceType', location: `${baseUrl}/ResourceTypes/${name}` },
    }
  })
}

/** RFC 7643 §7: the tables that validation, filters, PATCH and projection run on, as they are. */
export function schemas(baseUrl: string) {
  const all = names.flatMap((name) => [resourceTypeTable[name].schema, ...resourceTypeTable[name].extensions])
  return all.map((each) => describe(each, baseUrl))
}

function describe({ id, name, description, attributes }: Schema, baseUrl: string) {
  return {
    schemas: [SCHEMA_SCHEMA],
    id,
    name,
    description,
    attributes,
    meta: { resourceType: 'Schema', location: `${baseUrl}/Schemas/${id}` },
  }
}
