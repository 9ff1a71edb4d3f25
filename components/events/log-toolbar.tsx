import { Button, ButtonLink } from '@/components/ui/button'
import { Menu, MenuWord } from '@/components/ui/menu'
import { Tabs } from '@/components/ui/tabs'
import type { Facets } from '@/lib/events/facets'
import { type LogAddress, type LogSearch, logHref, RANGE_NAMES } from '@/lib/events/log-address'
import { countText, FacetMenu } from './facet-menu'
import { LogSearchBox } from './log-search'

type Props = { org: string; address: LogAddress; search: LogSearch; facets: Facets }

/** Search, facets, range, look-ups and density. All of it is the address. */
export function LogToolbar({ org, address, search, facets }: Props) {
  const facet = { org, address, terms: search.terms }
  const ranges = RANGE_NAMES.map((range) => ({
    href: logHref(org, address, { range, from: null, to: null }),
    label: range === 'all' ? 'All' : range.replace(/(\d)([a-z])/, '$1 $2'),
    current: address.from === null && address.range === range,
  }))
  const dense = address.density === 'dense'
  return (
    <>
      <div className="mb-2 flex flex-wrap items-center gap-2">
        <LogSearchBox org={org} address={address} search={search} />
        <FacetMenu {...facet} facet="type" label="Type" values={facets.type} />
        <FacetMenu {...facet} facet="status" label="Status" values={facets.status} />
        <FacetMenu {...facet} facet="actor" label="Actor" values={facets.actor} />
      </div>
      <div className="mb-3 flex flex-wrap items-center gap-2">
        <Tabs label="Range" tabs={ranges} />
        <Menu trigger={<MenuWord>Custom</MenuWord>}>
          <CustomRange org={org} address={address} />
        </Menu>
        {facets.lookups?.n || address.reads ? (
          <ButtonLink look="quiet" href={logHref(org, address, { reads: !address.reads })}>
            {facets.lookups ? `Show lookups (${countText(facets.lookups)})` : 'Hide lookups'}
          </ButtonLink>
        ) : null}
        <ButtonLink look="quiet" href={logHref(org, address, { density: dense ? null : 'dense' })}>
          {dense ? 'Comfortable rows' : 'Dense rows'}
        </ButtonLink>
        <p className="ml-auto text-sm text-muted">
          {countText(facets.total)} {facets.total.n === 1 && !facets.total.more ? 'event' : 'events'}
        </p>
      </div>
    </>
  )
}

/** From and to in UTC, as the browser's own fields. */
function CustomRange({ org, address }: { org: string; address: LogAddress }) {
  const value = (at: Date | null) => at?.toISOString().slice(0, 16) ?? ''
  const box = 'min-h-9 rounded-md border border-control bg-surface px-2'
  return (
    <form action={`/orgs/${org}/admin/events`} className="grid gap-2 p-2">
      {address.q ? <input type="hidden" name="q" value={address.q} /> : null}
      {address.reads ? <input type="hidden" name="reads" value="1" /> : null}
      {address.density ? <input type="hidden" name="density" value={address.density} /> : null}
      <label className="grid gap-1 text-xs text-muted">
        From (UTC)
        <input type="datetime-local" name="from" required defaultValue={value(address.from)} className={box} />
      </label>
      <label className="grid gap-1 text-xs text-muted">
        To (UTC), empty is now
        <input type="datetime-local" name="to" defaultValue={value(address.to)} className={box} />
      </label>
      <Button type="submit" look="primary">
        Show
      </Button>
    </form>
  )
}
