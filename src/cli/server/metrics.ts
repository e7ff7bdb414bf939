/** Figures as Prometheus reads them (text format 0.0.4). */
export class Metrics {
  readonly #counts = new Map<string, number>()

  /** Counts something up. @param name with its labels: `veristamp_refused_total{reason="busy"}` */
  count(name: string, by = 1): void {
    this.#counts.set(name, (this.#counts.get(name) ?? 0) + by)
  }

  /** All that was counted, and figures of this moment. */
  text(gauges: Readonly<Record<string, number>>): string {
    const families = new Map<string, string[]>()
    const add = (name: string, value: number): void => {
      const family = name.replace(/\{.*$/, '')
      families.set(family, [...(families.get(family) ?? []), `${name} ${value}`])
    }
    for (const [name, value] of [...this.#counts, ...Object.entries(gauges)]) add(name, value)
    const texts = [...families]
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([family, lines]) => {
        const kind = family.endsWith('_total') ? 'counter' : 'gauge'
        return `# TYPE ${family} ${kind}\n${lines.sort().join('\n')}\n`
      })
    return texts.join('')
  }
}

/** A label’s value as the format wants it. */
export const labelled = (value: string): string =>
  `"${value.replace(/[\\"]/g, '\\$&').replaceAll('\n', '\\n')}"`
