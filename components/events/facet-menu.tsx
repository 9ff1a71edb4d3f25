import Check from 'lucide-react/icons/check'
import { Menu, MenuLink, MenuWord } from '@/components/ui/menu'
import type { Count, FacetValue } from '@/lib/events/facets'
import { type LogAddress, logHref } from '@/lib/events/log-address'
import { printSearch, type Term, toggleValue, valuesOf } from '@/lib/events/search'

/** "318", or "10,000+" past what is counted. */
export const countText = ({ n, more }: Count): string => `${n.toLocaleString('en-US')}${more ? '+' : ''}`

type Props = {
  org: string
  address: LogAddress
  terms: Term[]
  facet: 'type' | 'status' | 'actor'
  label: string
  values: FacetValue[]
}

/** The values of a facet with their counts; each switches itself on or off. Opens without a script. */
export function FacetMenu({ org, address, terms, facet, label, values }: Props) {
  const chosen = valuesOf(terms, facet)
  return (
    <Menu trigger={<MenuWord>{chosen.length > 0 ? `${label} · ${chosen.length}` : label}</MenuWord>}>
      {values.length === 0 ? <p className="px-2.5 py-2 text-sm text-muted">Nothing to choose here.</p> : null}
      {values.map(({ value, ...count }) => {
        const on = chosen.includes(value)
        return (
          <MenuLink
            key={value}
            current={on}
            href={logHref(org, address, { q: printSearch(toggleValue(terms, facet, value)) })}
          >
            <Check size={14} aria-hidden="true" className={on ? '' : 'invisible'} />
            <span className="grow">{value}</span>
            <span className="font-mono text-xs text-muted">{countText(count)}</span>
          </MenuLink>
        )
      })}
    </Menu>
  )
}
