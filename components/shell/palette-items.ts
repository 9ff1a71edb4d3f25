/** One line of the palette. */
export type Item = {
  id: string
  label: string
  note?: string | undefined
  /** Other words it is found by. */
  also?: string | undefined
  keys?: string | undefined
  /** Where it leads; without one, `run` acts. */
  href?: string | undefined
  run?: (() => void) | undefined
}
export type ItemGroup = { value: string; items: Item[] }

const words = (text: string): string[] => text.toLowerCase().split(/\s+/).filter(Boolean)

/** The groups with only the items that hold every word of the query; groups left empty go. */
export function matchItems(groups: ItemGroup[], query: string): ItemGroup[] {
  const wanted = words(query)
  const has = ({ label, note = '', also = '' }: Item) => {
    const text = `${label} ${note} ${also}`.toLowerCase()
    return wanted.every((word) => text.includes(word))
  }
  return groups.map(({ value, items }) => ({ value, items: items.filter(has) })).filter(({ items }) => items.length > 0)
}

/** The event a query names, `evt_…` or a link that holds one; null when it names none. */
export const eventIn = (query: string): string | null => /\bevt_[0-9a-f]{32}\b/.exec(query)?.[0] ?? null
