/** The word that differs from `word` by the fewest letters, two at most; null when none is near. */
export function closest(word: string, words: readonly string[]): string | null {
  const ranked = words.map((each) => ({ each, n: distance(word.toLowerCase().slice(0, 60), each) }))
  const [best] = ranked.sort((a, b) => a.n - b.n)
  return best && best.n <= 2 ? best.each : null
}

/** Letters to add, drop or change to get from a to b (Levenshtein). */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const next = [i]
    for (let j = 1; j <= b.length; j++) {
      const change = (row[j - 1] ?? 0) + (a[i - 1] === b[j - 1] ? 0 : 1)
      next.push(Math.min(change, (row[j] ?? 0) + 1, (next[j - 1] ?? 0) + 1))
    }
    row = next
  }
  return row[b.length] ?? 0
}
