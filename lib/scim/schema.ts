/** The words of RFC 7643 §2.2-2.3 and §7: everything else in this folder is driven by tables of these. */
export type AttributeType =
  | 'string'
  | 'boolean'
  | 'decimal'
  | 'integer'
  | 'dateTime'
  | 'binary'
  | 'reference'
  | 'complex'

export type ResourceType = 'User' | 'Group' | 'Role' | 'Entitlement'

export type Attribute = {
  name: string
  type: AttributeType
  multiValued: boolean
  description: string
  required: boolean
  caseExact: boolean
  mutability: 'readOnly' | 'readWrite' | 'immutable' | 'writeOnly'
  returned: 'always' | 'never' | 'default' | 'request'
  uniqueness: 'none' | 'server' | 'global'
  canonicalValues?: readonly string[]
  referenceTypes?: readonly string[]
  subAttributes?: readonly Attribute[]
}

export type Schema = { id: string; name: string; description: string; attributes: readonly Attribute[] }

type Extras = Partial<Omit<Attribute, 'name' | 'type' | 'description'>>

/** One attribute; what is not said is RFC 7643 §2.2's default. */
export function attribute(name: string, type: AttributeType, description: string, extras: Extras = {}): Attribute {
  return {
    name,
    type,
    multiValued: false,
    description,
    required: false,
    caseExact: false,
    mutability: 'readWrite',
    returned: 'default',
    uniqueness: 'none',
    ...extras,
  }
}

const indexes = new WeakMap<readonly Attribute[], ReadonlyMap<string, Attribute>>()

/** The attribute of that name in any case (RFC 7643 §2.1), or undefined. A Map, so `__proto__` finds nothing. */
export function attributeIn(attributes: readonly Attribute[] | undefined, name: string): Attribute | undefined {
  if (!attributes) return undefined
  let index = indexes.get(attributes)
  if (!index) {
    index = new Map(attributes.map((each) => [each.name.toLowerCase(), each]))
    indexes.set(attributes, index)
  }
  return index.get(name.toLowerCase())
}

export function subAttribute(parent: Attribute, name: string): Attribute | undefined {
  return attributeIn(parent.subAttributes, name)
}
