'use client'

import { Bar, BarChart, ResponsiveContainer, Tooltip, XAxis, YAxis } from 'recharts'
import type { Bar as Hour } from '@/lib/events/histogram'

const parts = [
  ['success', 'var(--ok)'],
  ['skipped', 'var(--skip)'],
  ['blocked', 'var(--warn)'],
  ['failed', 'url(#failed-hatch)'],
] as const

const hourOf = (at: string) => at.slice(11, 16)
/** "12K": the axis is narrow. */
const { format: short } = new Intl.NumberFormat('en', { notation: 'compact' })
const axis = { fontSize: 11, fill: 'var(--muted)' }
const tip = { background: 'var(--surface)', border: '1px solid var(--border)', borderRadius: 8, fontSize: 12 }

/** Stacked bars of one day; what failed is hatched, not only red. */
export function DayDrawing({ bars }: { bars: Hour[] }) {
  const still = matchMedia('(prefers-reduced-motion: reduce)').matches
  return (
    <ResponsiveContainer width="100%" height="100%">
      <BarChart data={bars} margin={{ top: 8, right: 8, bottom: 0, left: 0 }} accessibilityLayer={false}>
        <defs>
          <pattern id="failed-hatch" width="6" height="6" patternUnits="userSpaceOnUse" patternTransform="rotate(45)">
            <rect width="6" height="6" fill="var(--fail-soft)" />
            <rect width="3" height="6" fill="var(--fail)" />
          </pattern>
        </defs>
        <XAxis dataKey="at" tickFormatter={hourOf} tick={axis} tickLine={false} axisLine={false} minTickGap={32} />
        <YAxis
          tickCount={3}
          interval={0}
          tickFormatter={short}
          allowDecimals={false}
          tick={axis}
          tickLine={false}
          axisLine={false}
          width={34}
        />
        <Tooltip
          cursor={{ fill: 'var(--raised)' }}
          contentStyle={tip}
          itemStyle={{ color: 'var(--text)' }}
          labelFormatter={(at) => `${hourOf(String(at))} UTC`}
        />
        {parts.map(([name, fill]) => (
          <Bar key={name} dataKey={name} stackId="all" fill={fill} isAnimationActive={!still} animationDuration={150} />
        ))}
      </BarChart>
    </ResponsiveContainer>
  )
}
