import { readId } from '../../registry/keys.ts'
import type { RevocationDraft } from '../../revocation/draft.ts'
import { runsOf, type SerialRange, serialSetOf } from '../../revocation/serial-set-algebra.ts'
import type { Reservation } from '../../run/job.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import { wholeIn } from '../exports/cells.ts'
import { tableRows } from '../exports/table.ts'
import { effectOnSerials, type RevocationEffect } from '../lists/revocation-effect.ts'
import { reservationsOf } from '../project/files.ts'
import { facilityOf } from '../project/products.ts'
import { releasesOf } from '../runs/releases.ts'
import type { Context } from '../shell/context.ts'

/** What a recall means: a lot, a day, who got it, or a table of serials, by the runs and the releases of this project. */
export interface RecallChoices {
  readonly lot?: string | undefined
  readonly made?: string | undefined
  /** A name, or a GLN, as `release` noted it. */
  readonly releasedTo?: string | undefined
  /** A table with product, first and last, such as lines of an audit. */
  readonly file?: string | undefined
  readonly product?: number | undefined
}

export interface RecalledProduct {
  readonly facility: number
  readonly product: number
  readonly serials: readonly SerialRange[]
}

/** Product by product; none where nothing here fits. @param scanned what was read off stamps, in place of the choices */
export function recalled(
  context: Context,
  trustList: TrustList,
  choices: RecallChoices,
  scanned?: readonly Span[],
): RecalledProduct[] {
  const spans =
    scanned ??
    (choices.file === undefined
      ? spansOfRuns(context, choices)
      : [...spansOfTable(context, trustList, choices.file)])
  const products = new Map<string, RecalledProduct & { serials: SerialRange[] }>()
  for (const { facility, product, first, last } of spans) {
    if (choices.product !== undefined && choices.product !== product) continue
    const name = `${facility} ${product}`
    const own = products.get(name) ?? { facility, product, serials: [] }
    own.serials.push({ first, last })
    products.set(name, own)
  }
  return [...products.values()].map((each) => ({ ...each, serials: [...runsOf(serialSetOf(each.serials))] }))
}

/** Serials of a product. */
export type Span = SerialRange & { readonly facility: number; readonly product: number }

function spansOfRuns(context: Context, { lot, made, releasedTo }: RecallChoices): Span[] {
  const isAsked = (run: Reservation) =>
    (lot === undefined || run.lot === lot) && (made === undefined || run.made === made)
  const runs = reservationsOf(context).filter(isAsked)
  if (releasedTo === undefined) return runs
  const whom = folded(releasedTo)
  const ids = new Set(runs.map(({ id }) => id))
  return releasesOf(context).filter(
    ({ run, to, gln }) => ids.has(run) && (folded(to) === whom || gln === releasedTo.trim()),
  )
}

const folded = (name: string): string => name.trim().normalize('NFC').toLowerCase()

const COLUMNS = {
  facility: ['co so', 'ma co so', 'gln'],
  product: ['san pham', 'ma san pham', 'gtin', 'ma gtin'],
  serial: ['so se ri', 'se ri'],
  first: ['tu so', 'so dau'],
  last: ['den so', 'so cuoi'],
} as const

function* spansOfTable(context: Context, trustList: TrustList, file: string): Generator<Span> {
  const { epcis, registry } = context.words
  for (const row of tableRows(context, file, COLUMNS, ['product'])) {
    const product = row.read('product', (text) => readId('GTIN', text), epcis.aProduct)
    if (product === undefined) throw row.fault(registry.missing_value({ name: 'product' }), 'product')
    const whole = (column: 'serial' | 'first' | 'last') => row.read(column, wholeIn, epcis.aSerial)
    const serial = whole('serial')
    const first = whole('first') ?? serial
    const last = whole('last') ?? first
    if (first === undefined) throw row.fault(registry.missing_value({ name: 'first' }), 'first')
    if (last! < first) throw row.fault(epcis.lastFirst, 'last')
    const facility = row.read('facility', (text) => readId('GLN', text), epcis.aProduct)
    yield { facility: facilityOf(context, trustList, product, facility), product, first, last: last! }
  }
}

/** What a recall hits, product by product. */
export const recallEffects = (
  context: Context,
  draft: RevocationDraft,
  products: readonly RecalledProduct[],
): (RecalledProduct & RevocationEffect)[] =>
  products.map((each) => ({
    ...each,
    ...effectOnSerials(draft, reservationsOf(context), each, each.serials),
  }))
