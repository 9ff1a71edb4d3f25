/** One operation: how long it takes where `x` is larger and larger. */
export type Line = { name: string; points: { x: number; ms: number }[] }
/** One axis along which things grow. */
export type Panel = { title: string; lines: Line[] }

const WIDTH = 920
const HEIGHT = 380
const TOP = 28
const BOTTOM = 320
/** Left and right edge of each panel; the names stand to the right of the last. */
const BOXES = [
  { left: 72, right: 344 },
  { left: 388, right: 660 },
]

const colours = ['a', 'b', 'c', 'd', 'e', 'f']

/** Follows the reader's light or dark, in an image of its own as well. */
const STYLE = `
.back{fill:#ffffff}.text{fill:#27272a}.muted{fill:#71717a}.grid{stroke:#e4e4e7}
.a{--c:#2563eb}.b{--c:#c2410c}.c{--c:#15803d}.d{--c:#7e22ce}.e{--c:#be123c}.f{--c:#0e7490}
.line{fill:none;stroke:var(--c);stroke-width:2}.dot{fill:var(--c)}
@media (prefers-color-scheme:dark){.back{fill:#18181b}.text{fill:#f4f4f5}.muted{fill:#a1a1aa}.grid{stroke:#3f3f46}
.a{--c:#60a5fa}.b{--c:#fb923c}.c{--c:#4ade80}.d{--c:#c084fc}.e{--c:#fb7185}.f{--c:#22d3ee}}`

type Place = { x: number; y: number }

const label = ({ x, y }: Place, words: string, look: string, anchor = 'start') =>
  `<text x="${x.toFixed(1)}" y="${y.toFixed(1)}" class="${look}" text-anchor="${anchor}">${words}</text>`
const share = (value: number, from: number, to: number) => Math.log(value / from) / Math.log(to / from)

/** Both axes are logarithmic: what is flat as things grow is a level line. The panels share their height in milliseconds. */
export function drawPlot(panels: readonly Panel[]): string {
  const all = panels.flatMap(({ lines }) => lines.flatMap(({ points }) => points))
  const low = 10 ** Math.floor(Math.log10(Math.min(...all.map((p) => p.ms))))
  const high = 10 ** Math.ceil(Math.log10(Math.max(...all.map((p) => p.ms))))
  const y = (ms: number) => BOTTOM - share(ms, low, high) * (BOTTOM - TOP)
  const parts: string[] = []
  const { left, right } = { left: BOXES[0]?.left ?? 0, right: BOXES.at(-1)?.right ?? WIDTH }
  for (let tick = low; tick <= high * 1.01; tick *= 10) {
    for (const box of BOXES) parts.push(`<path d="M${box.left} ${y(tick).toFixed(1)}H${box.right}" class="grid"/>`)
    parts.push(label({ x: left - 8, y: y(tick) + 4 }, `${tick} ms`, 'muted', 'end'))
  }
  for (const [i, panel] of panels.entries()) parts.push(...drawPanel(panel, BOXES[i] ?? { left, right }, y))
  parts.push(label({ x: right + 16, y: TOP + 12 }, 'at the right end of each half:', 'muted'))
  for (const [i, { name }] of (panels[0]?.lines ?? []).entries()) {
    const place = { x: right + 16, y: TOP + 36 + i * 22 }
    const last = panels.map(({ lines }) => lines[i]?.points.at(-1)?.ms.toFixed(1)).join(' and ')
    parts.push(label(place, `${name}, ${last} ms`, `dot ${colourOf(i)}`))
  }
  return `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 ${WIDTH} ${HEIGHT}" font-family="system-ui, sans-serif" font-size="13" role="img">
<title>Milliseconds of each operation as companies grow, and as there are more of them</title>
<style>${STYLE}</style>
<rect width="${WIDTH}" height="${HEIGHT}" rx="8" class="back"/>
${parts.join('\n')}
</svg>
`
}

const colourOf = (i: number) => colours[i % colours.length] ?? 'a'

function drawPanel(
  { title, lines }: Panel,
  { left, right }: { left: number; right: number },
  y: (ms: number) => number,
) {
  const xs = [...new Set(lines.flatMap(({ points }) => points.map((p) => p.x)))]
  const x = (value: number) => left + share(value, Math.min(...xs), Math.max(...xs)) * (right - left)
  const parts = xs.map((each) => label({ x: x(each), y: BOTTOM + 22 }, each.toLocaleString('en-US'), 'muted', 'middle'))
  parts.push(label({ x: (left + right) / 2, y: BOTTOM + 46 }, title, 'text', 'middle'))
  for (const [i, { points }] of lines.entries()) {
    const path = points.map((p, n) => `${n === 0 ? 'M' : 'L'}${x(p.x).toFixed(1)} ${y(p.ms).toFixed(1)}`).join('')
    parts.push(`<path d="${path}" class="line ${colourOf(i)}"/>`)
    for (const p of points)
      parts.push(`<circle cx="${x(p.x).toFixed(1)}" cy="${y(p.ms).toFixed(1)}" r="3" class="dot ${colourOf(i)}"/>`)
  }
  return parts
}
