import { Tabs } from '@/components/ui/tabs'
import type { Standing } from '@/lib/lab/standing'
import { SETTINGS } from '@/lib/lab/words'

const ORDER = [3, 2, 1] as const

/** Which walls stand; each choice has an address. */
export function Settings({ path, standing }: { path: string; standing: Standing }) {
  const tabs = ORDER.map((each) => ({
    href: `${path}?walls=${each}`,
    label: SETTINGS[each].label,
    current: each === standing,
  }))
  return (
    <div className="flex flex-wrap items-center gap-x-4 gap-y-2">
      <Tabs tabs={tabs} label="Walls" />
      <p className="min-w-0 flex-1 basis-72 text-sm text-muted">{SETTINGS[standing].sentence}</p>
    </div>
  )
}
