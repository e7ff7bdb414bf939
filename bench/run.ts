import { renewPages } from './lib/pages.ts'
import { type Measurement, recordResults } from './lib/results.ts'

interface Bench {
  run(): Promise<Measurement[]>
}

/**
 * `npm run bench` runs all, `npm run bench -- NAME` one, `npm run bench -- --compare NAME` one of two commits; bench/README.md
 * says how to read the rows.
 */
const BENCHES: Readonly<Record<string, () => Promise<Bench>>> = {
  run: () => import('./print-run.ts'),
  scale: () => import('./scale.ts'),
  codec: () => import('./codec.ts'),
  epcis: () => import('./epcis.ts'),
  fleet: () => import('./fleet.ts'),
  load: () => import('./load.ts'),
  revocation: () => import('./revocation.ts'),
  scan: async () => inTurn(await import('./scan.ts'), await import('./scan-frames.ts')),
  sheet: () => import('./sheet.ts'),
  site: () => import('./site.ts'),
  symbol: () => import('./symbol.ts'),
  sign: () => import('./sign.ts'),
  start: () => import('./start.ts'),
  'verify-file': () => import('./verify-file.ts'),
  'verify-one': () => import('./verify-one.ts'),
  'verify-many': () => import('./verify-many.ts'),
}

const wanted = process.argv.slice(2)
if (wanted.includes('--compare')) {
  await import('./compare.ts')
  process.exit()
}
const unknown = wanted.find((name) => !Object.hasOwn(BENCHES, name))
if (unknown !== undefined) {
  console.error(`No bench is called ${unknown}. There are: ${Object.keys(BENCHES).join(', ')}`)
  process.exit(2)
}
for (const name of wanted.length > 0 ? wanted : Object.keys(BENCHES)) {
  const { run } = await BENCHES[name]!()
  const measurements = await run()
  await recordResults(name, measurements)
  console.log(`\n${name}`)
  console.table(measurements.map(shown))
}

if (wanted.length === 0) await renewPages()

/** Parts of one bench, one after the other. */
function inTurn(...parts: readonly Bench[]): Bench {
  return {
    async run() {
      const rows: Measurement[] = []
      for (const part of parts) rows.push(...(await part.run()))
      return rows
    },
  }
}

/** Figures to three digits. */
function shown(measurement: Measurement): Record<string, string | number | null> {
  return Object.fromEntries(
    Object.entries(measurement).map(([field, value]) => [
      field,
      typeof value === 'number' && !Number.isInteger(value) ? Number(value.toPrecision(3)) : value,
    ]),
  )
}
