import { VeristampError } from '../../../lib/errors.ts'
import type { Composition, CompositionRequest, KeptParts, Measure, WordCut } from './composition.ts'
import { LEADING, Parts, SMALLEST, SMALLEST_SERIAL } from './parts.ts'
import { placed } from './placed.ts'

/** Sets the words of a label: as large as its room allows, and never too small to be read. All lengths are points. */

const LARGEST = 14
const STEP = 0.25

/** @throws VeristampError `does_not_fit` where there is no room for a serial */
export function compose(measure: Measure, request: CompositionRequest): Composition {
  for (let size = LARGEST; size >= SMALLEST; size -= STEP) {
    const parts = new Parts(measure, request, size)
    if (fits(parts, request)) return placed(parts, request, [])
  }
  const all = new Parts(measure, request, SMALLEST)
  const kept = bestOf(all, measure, request)
  if (kept !== undefined) {
    const parts = new Parts(measure, request, SMALLEST, kept)
    return placed(parts, request, cutsOf(all, parts, request, kept))
  }
  const [width, height] = [request.width, request.height].map((points) => (points * 25.4) / 72)
  throw new VeristampError(
    'does_not_fit',
    `sheet: a serial of ${SMALLEST_SERIAL} points needs more room for text than ${width!.toFixed(1)} × ${height!.toFixed(1)} mm`,
    { what: 'words', width: width!, height: height! },
  )
}

function fits(parts: Parts, { height, lines }: CompositionRequest): boolean {
  return (
    parts.height <= height &&
    parts.areNarrow &&
    // Numbers and stars are broken only where smaller letters are not allowed.
    (parts.starLines < 2 || parts.facilitySize === SMALLEST) &&
    (parts.serial.length === 1 || parts.serialSize === SMALLEST_SERIAL) &&
    (parts.lines.length <= lines.length || parts.smallSize === SMALLEST)
  )
}

/** What each part is worth, where there is no room for all: of names the first line most, and less where it is cut. */
const WORTH = {
  product: [6, 4, 2, 1],
  facility: [2.5, 1, 1, 1],
  cut: -1,
  lines: 3,
  last: 1,
  stars: 2,
  logo: 1.5,
}

const worthOf = (worths: readonly number[], lines: number): number =>
  Array.from({ length: lines }, (_, i) => worths[i] ?? 0.5).reduce((sum, each) => sum + each, 0)

/** The most valuable choice of parts for which there is room. */
function bestOf(all: Parts, measure: Measure, request: CompositionRequest): KeptParts | undefined {
  let best: { readonly kept: KeptParts; readonly worth: number } | undefined
  const line = SMALLEST * LEADING
  for (const { kept, worth } of choices(all, request)) {
    if (best !== undefined && worth <= best.worth) continue
    // Serial and names first: what they take is known without setting them.
    const least = (kept.product + kept.facility) * line + all.serial.length * SMALLEST_SERIAL * LEADING
    if (least > request.height) continue
    if (new Parts(measure, request, SMALLEST, kept).height <= request.height) best = { kept, worth }
  }
  return best?.kept
}

function* choices(all: Parts, request: CompositionRequest): Generator<{ kept: KeptParts; worth: number }> {
  const isMinimal = request.template === 'minimal'
  const sets = subsetsOf(isMinimal ? 0 : request.lines.length)
  const flags = (given: unknown) => (given === undefined ? [false] : [true, false])
  for (let product = all.product.length; product >= 0; product--)
    for (let facility = all.facility.length; facility >= 0; facility--)
      for (const lines of sets)
        for (const stars of flags(all.stars))
          for (const logo of flags(all.logo)) {
            const lineWorths = lines.reduce((sum, i) => sum + WORTH.lines + WORTH.last * i, 0)
            const worth =
              worthOf(WORTH.product, product) +
              worthOf(WORTH.facility, facility) +
              lineWorths +
              (facility > 0 && facility < all.facility.length ? WORTH.cut : 0) +
              (stars ? WORTH.stars : 0) +
              (logo ? WORTH.logo : 0)
            yield { kept: { product, facility, lines, stars, logo }, worth }
          }
}

const subsetsOf = (count: number): number[][] =>
  Array.from({ length: 2 ** count }, (_, set) =>
    Array.from({ length: count }, (_, i) => i).filter((i) => ((set >> i) & 1) === 1),
  )

function cutsOf(
  all: Parts,
  parts: Parts,
  { lines, between }: CompositionRequest,
  kept: KeptParts,
): WordCut[] {
  const printed = (texts: readonly string[]) => texts.join(' ')
  const names = (['product', 'facility'] as const).filter(
    (field) => printed(all[field]) !== printed(parts[field]),
  )
  return [
    ...names.map((field) => ({ field, printed: printed(parts[field]) })),
    ...(all.stars === parts.stars ? [] : [{ field: 'stars', printed: '' } as const]),
    ...(all.lines.length === 0 || kept.lines.length === lines.length
      ? []
      : [{ field: 'lines', printed: kept.lines.map((i) => lines[i]!).join(between) } as const]),
    ...(all.logo === undefined || parts.logo !== undefined ? [] : [{ field: 'logo', printed: '' } as const]),
  ]
}
