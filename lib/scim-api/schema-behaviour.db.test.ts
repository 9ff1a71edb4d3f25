import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeTestOrg, type TestOrg } from '@/db/test-orgs'
import { newId } from '@/lib/ids'
import { shutdown } from '@/lib/process'
import type { Attribute } from '@/lib/scim/schema'
import { send } from './test/client'
import { patchOf } from './test/people'

/** RFC 7643 §7: what /Schemas says of each attribute is what the server does. */

const USER = 'urn:ietf:params:scim:schemas:core:2.0:User'
const GROUP = 'urn:ietf:params:scim:schemas:core:2.0:Group'
const ENTERPRISE = 'urn:ietf:params:scim:schemas:extension:enterprise:2.0:User'

let porter: TestOrg
let schemas: Record<string, Attribute[]>

beforeAll(async () => {
  porter = await makeTestOrg('Porter')
  const { Resources } = (await send(porter, 'GET', '/Schemas')).body
  const all = Array.isArray(Resources) ? Resources : []
  schemas = Object.fromEntries(all.map((each) => [each.id, each.attributes]))
})
afterAll(shutdown)

const text = () => `Case-${newId()}`
const attributesOf = (urn: string) => schemas[urn] ?? []
const required = (urn: string) => (urn === GROUP ? { displayName: text() } : { userName: text() })
const endpoint = (urn: string) => (urn === GROUP ? '/Groups' : '/Users')
const pathOf = (urn: string, name: string) => (urn === ENTERPRISE ? `${urn}:${name}` : name)
const find = (urn: string, filter: string) =>
  send(porter, 'GET', `${endpoint(urn)}?filter=${encodeURIComponent(filter)}`)

/** A value of the attribute's type, made of the given text where it can be. */
function sampleOf(attribute: Attribute, word: string): unknown {
  const one = (): unknown => {
    if (attribute.type === 'boolean') return false
    if (attribute.type === 'binary') return Buffer.from(word).toString('base64')
    if (attribute.type !== 'complex') return word
    const subs = (attribute.subAttributes ?? []).filter(
      (each) => each.mutability !== 'readOnly' && each.type !== 'boolean',
    )
    return Object.fromEntries(subs.map((each) => [each.name, sampleOf(each, word)]))
  }
  return attribute.multiValued ? [one()] : one()
}

const bodyWith = (urn: string, name: string, value: unknown) => {
  const body = { ...required(urn), schemas: urn === ENTERPRISE ? [USER, urn] : [urn] }
  return urn === ENTERPRISE ? { ...body, [urn]: { [name]: value } } : { ...body, [name]: value }
}
const shownIn = (urn: string, body: Record<string, unknown>, name: string) => {
  const holder = urn === ENTERPRISE ? body[urn] : body
  return typeof holder === 'object' && holder !== null
    ? Object.entries(holder).find(([key]) => key === name)?.[1]
    : undefined
}

test.each([USER, ENTERPRISE, GROUP])('%s: mutability, returned and required are as described', async (urn) => {
  expect(attributesOf(urn).length).toBeGreaterThan(0)
  for (const attribute of attributesOf(urn)) {
    // Members are ids of users; groups.db.test.ts holds them to their rules.
    if (attribute.name === 'members') continue
    const where = `${urn} ${attribute.name}`
    const value = sampleOf(attribute, text())
    const made = await send(porter, 'POST', endpoint(urn), bodyWith(urn, attribute.name, value))
    expect(made.status, where).toBe(201)
    const path = `${endpoint(urn)}/${made.body.id}`
    const change = patchOf({ op: 'replace', path: pathOf(urn, attribute.name), value: sampleOf(attribute, text()) })
    const patched = await send(porter, 'PATCH', path, change)
    if (attribute.mutability === 'readOnly') {
      expect(shownIn(urn, made.body, attribute.name), where).toBeUndefined()
      expect(patched, where).toMatchObject({ status: 400, body: { scimType: 'mutability' } })
    } else {
      expect(shownIn(urn, made.body, attribute.name), where).toMatchObject(value as object)
      expect(patched.status, where).toBeLessThan(300)
      const name = encodeURIComponent(pathOf(urn, attribute.name))
      const only = await send(porter, 'GET', `${path}?attributes=${name}`)
      expect(shownIn(urn, only.body, attribute.name), where).toBeDefined()
      const without = await send(porter, 'GET', `${path}?excludedAttributes=${name}`)
      expect(shownIn(urn, without.body, attribute.name) === undefined, where).toBe(attribute.returned === 'default')
      const clear = await send(porter, 'PATCH', path, patchOf({ op: 'remove', path: pathOf(urn, attribute.name) }))
      const mayGo = !attribute.required && attribute.name !== 'active'
      expect(clear.status < 300, where).toBe(mayGo)
    }
    if (attribute.required) {
      const { [attribute.name]: _, ...rest } = bodyWith(urn, attribute.name, value) as Record<string, unknown>
      expect((await send(porter, 'POST', endpoint(urn), rest)).status, where).toBe(400)
    }
  }
})

test.each([USER, ENTERPRISE, GROUP])('%s: caseExact decides whether a filter minds the case', async (urn) => {
  for (const attribute of attributesOf(urn)) {
    const subs = attribute.type === 'complex' ? (attribute.subAttributes ?? []) : [undefined]
    for (const sub of subs) {
      const leaf = sub ?? attribute
      const isText = leaf.type === 'string' || leaf.type === 'reference'
      if (!isText || attribute.name === 'members' || [leaf, attribute].some((each) => each.mutability === 'readOnly'))
        continue
      const word = text()
      const rest = attribute.multiValued ? [sampleOf(attribute, text())].flat()[0] : sampleOf(attribute, text())
      const value = sub ? { ...(rest as object), [sub.name]: word } : word
      const made = await send(
        porter,
        'POST',
        endpoint(urn),
        bodyWith(urn, attribute.name, attribute.multiValued ? [value] : value),
      )
      expect(made.status, attribute.name).toBe(201)
      const path = pathOf(urn, sub ? `${attribute.name}.${sub.name}` : attribute.name)
      expect((await find(urn, `${path} eq "${word}"`)).body, path).toMatchObject({ totalResults: 1 })
      const folded = await find(urn, `${path} eq "${word.toUpperCase()}"`)
      expect(folded.body, path).toMatchObject({ totalResults: leaf.caseExact ? 0 : 1 })
    }
  }
})

test.each([USER, ENTERPRISE, GROUP])('%s: uniqueness server means 409 for the second, none means both', async (urn) => {
  for (const attribute of attributesOf(urn)) {
    if (attribute.mutability === 'readOnly' || attribute.name === 'members') continue
    const body = bodyWith(urn, attribute.name, sampleOf(attribute, text()))
    const again = attribute.uniqueness === 'server' ? body : { ...body, ...required(urn) }
    expect((await send(porter, 'POST', endpoint(urn), body)).status, attribute.name).toBe(201)
    const second = await send(porter, 'POST', endpoint(urn), again)
    expect(second.status, attribute.name).toBe(attribute.uniqueness === 'server' ? 409 : 201)
  }
})

test('RFC 7643 §3.1: id is always returned, read-only and unique; meta and schemas are read-only', async () => {
  const made = await send(porter, 'POST', '/Users', { ...required(USER), id: 'mine', meta: { version: 'x' } })
  expect(made.body.id).not.toBe('mine')
  const path = `/Users/${made.body.id}`
  expect((await send(porter, 'GET', `${path}?attributes=userName`)).body).toMatchObject({ id: made.body.id })
  expect((await send(porter, 'GET', `${path}?excludedAttributes=id,schemas`)).body).toMatchObject({
    id: made.body.id,
    schemas: [USER],
  })
  for (const name of ['id', 'meta', 'schemas', 'meta.version']) {
    const refused = await send(porter, 'PATCH', path, patchOf({ op: 'replace', path: name, value: 'x' }))
    expect(refused, name).toMatchObject({ status: 400, body: { scimType: 'mutability' } })
  }
})
