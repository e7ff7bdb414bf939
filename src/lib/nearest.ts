/**
 * The name that a misspelt one is nearest to: at most one letter in three is added, left out, changed or swapped with
 * the next. Undefined where none is that near.
 */
export function nearest(text: string, names: readonly string[]): string | undefined {
  const given = text.toLowerCase()
  let best: string | undefined
  let min = Number.POSITIVE_INFINITY
  for (const name of names) {
    const max = Math.floor(Math.max(given.length, name.length) / 3)
    if (Math.abs(given.length - name.length) > max) continue
    const steps = distance(given, name.toLowerCase())
    if (steps < min && steps <= max) [best, min] = [name, steps]
  }
  return best
}

/** Letters added, left out, changed or swapped with the next (optimal string alignment). */
function distance(a: string, b: string): number {
  const rows = [Array.from({ length: b.length + 1 }, (_, j) => j)]
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    const above = rows[i - 1]!
    for (let j = 1; j <= b.length; j++) {
      const isSame = a[i - 1] === b[j - 1]
      row[j] = Math.min(above[j]! + 1, row[j - 1]! + 1, above[j - 1]! + (isSame ? 0 : 1))
      const isSwapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
      if (isSwapped) row[j] = Math.min(row[j]!, rows[i - 2]![j - 2]! + 1)
    }
    rows.push(row)
  }
  return rows[a.length]![b.length]!
}
