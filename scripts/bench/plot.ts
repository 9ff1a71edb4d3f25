/** One operation: how long it takes in companies of different sizes. */
export type Line = { name: string; points: { users: number; ms: number }[] }

const WIDTH = 760
const HEIGHT = 380
const BOX = { left: 64, right: 560, top: 28, bottom: 320 }

const colours = ['a', 'b', 'c', 'd', 'e', 'f']

/** Follows the reader's light or dark, in an image of its own as well. */
const STYLE = `
.back{fill:#ffffff}.text{fill:#27272a}.muted{fill:#71717a}.grid{stroke:#e4e4e7}
.a{--c:#2563eb}.b{--c:#c2410c}.c{--c:#15803d}.d{--c:#7e22ce}.e{--c:#be123c}.f{--c:#0e7490}
.line{fill:none;stroke:var(--c);stroke-width:2}.dot{fill:var(--c)}
@media (prefers-color-scheme:dark){.back{fill:#18181b}.text{fill:#f4f4f5}.muted{fill:#a1a1aa}.grid{stroke:#3f3f46}
.a{--c:#60a5fa}.b{--c:#fb923c}.c{--c:#4ade80}.d{--c:#c084fc}.e{--c:#fb7185}.f{--c:#22d3ee}}`

/** Both axes are logarithmic: what is flat as companies grow is a level line. */
export function drawPlot(lines: readonly Line[]): string {
  const all = lines.flatMap(({ points }) => points)
  const [fewest, most] = [Math.min(...all.map((p) => p.users)), Math.max(...all.map((p) => p.users))]
  const low = 10 ** Math.floor(Math.log10(Math.min(...all.map((p) => p.ms))))
  const high = 10 ** Math.ceil(Math.log10(Math.max(...all.map((p) => p.ms))))
  const share = (value: number, from: number, to: number) => Math.log(value / from) / Math.log(to / from)
  const x = (users: number) => BOX.left + share(users, fewest, most) * (BOX.right - BOX.left)
  const y = (ms: number) => BOX.bottom - share(ms, low, high) * (BOX.bottom - BOX.top)
  const label = (at: { x: number; y: number }, words: string, look: string, anchor = 'start') =>
    `<text x="${at.x.toFixed(1)}" y="${at.y.toFixed(1)}" class="${look}" text-anchor="${anchor}">${words}</text>`

  const parts: string[] = []
  for (let tick = low; tick <= high * 1.01; tick *= 10) {
    parts.push(`<path d="M${BOX.left} ${y(tick).toFixed(1)}H${BOX.right}" class="grid"/>`)
    parts.push(label({ x: BOX.left - 8, y: y(tick) + 4 }, `${tick} ms`, 'muted', 'end'))
  }
  for (const users of new Set(all.map((p) => p.users))) {
    parts.push(label({ x: x(users), y: BOX.bottom + 22 }, users.toLocaleString('en-US'), 'muted', 'middle'))
  }
  parts.push(label({ x: (BOX.left + BOX.right) / 2, y: BOX.bottom + 46 }, 'people in the company', 'text', 'middle'))
  for (const [i, { name, points }] of lines.entries()) {
    const colour = colours[i % colours.length] ?? 'a'
    const path = points.map((p, n) => `${n === 0 ? 'M' : 'L'}${x(p.users).toFixed(1)} ${y(p.ms).toFixed(1)}`).join('')
    parts.push(`<path d="${path}" class="line ${colour}"/>`)
    for (const p of points)
      parts.push(`<circle cx="${x(p.users).toFixed(1)}" cy="${y(p.ms).toFixed(1)}" r="3" class="dot ${colour}"/>`)
    parts.push(
      label(
        { x: BOX.right + 16, y: BOX.top + 12 + i * 22 },
        `${name}, ${points.at(-1)?.ms.toFixed(1)} ms`,
        `dot ${colour}`,
      ),
    )
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="13" role="img">
<title>Milliseconds of each operation in companies of different sizes</title>
<style>${STYLE}</style>
<rect width="${WIDTH}" height="${HEIGHT}" rx="8" class="back"/>
${parts.join('\n')}
</svg>
`
}
