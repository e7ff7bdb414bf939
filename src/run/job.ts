import { checkFields, checkInteger, checkObject, checkText, type Fields } from '../lib/checks.ts'
import { MAX_SECOND } from '../lib/dates.ts'
import { argumentRange, argumentType } from '../lib/errors.ts'
import type { SheetOptions } from '../print/sheet/options.ts'
import type { PdfOptions } from '../print/sheet/pdf-options.ts'
import { checkStock } from '../print/sheet/stock.ts'
import type { LabelWords } from '../print/sheet/words.ts'
import { type Carrier, encodeText, encodeUrl } from '../stamp/carrier.ts'
import { encodeLink } from '../stamp/gs1-link.ts'
import { checkLinkPrefix, checkPrefix } from '../stamp/prefix.ts'
import { checkStamp, MAX_ID, MAX_KEY_ID, type Stamp } from '../stamp/stamp.ts'

/** One print job: so many stamps of one product, alike but for their serials. */
export interface RunJob extends Pick<Stamp, 'facility' | 'product' | 'lot' | 'made' | 'expires'> {
  /** 1 to 10,000,000. */
  readonly count: number
  /** The first serial. The one after the last that was reserved by default. */
  readonly first?: number | undefined
  /** The form of the texts: `base45` by default. */
  readonly carrier?: Carrier | undefined
  /** What addresses begin with, for `url` and `gs1`. */
  readonly prefix?: string | undefined
  /** True for stamps with a hidden code under a layer to scratch off. */
  readonly sealed?: boolean | undefined
  /** How the labels are laid out as PDF. Absent: no sheets are made. */
  readonly sheet?: RunSheet | undefined
}

/** A sheet's options as a journal keeps them, what its labels say, and where they begin. */
export interface RunSheet
  extends Omit<SheetOptions, 'fonts' | 'created'>,
    Omit<PdfOptions, 'layer' | 'footer' | 'roll'>,
    LabelWords {
  /**
   * Pages of a PDF, 1 to 100,000: a longer run is several files, its volumes. On a roll a page is one row of labels. All in one by default.
   */
  readonly volume?: number | undefined
  /** True for run, page and serials in the margin of every page. */
  readonly footer?: boolean | undefined
  /** True where each volume is a roll, which begins with a page that says so, and a page of test labels. */
  readonly roll?: boolean | undefined
}

const MAX_VOLUME = 100_000

/** What a run was promised: a job whose serials are nobody else's. */
export interface Reservation extends RunJob {
  /** Names the run: facility, product, key id and a number that counts up, as in `12-104-7-3`. */
  readonly id: string
  readonly first: number
  readonly last: number
  readonly keyId: number
  /** 32 bytes in hexadecimal: whose stamps these are to be. */
  readonly publicKey: string
  readonly carrier: Carrier
  /** When, in whole seconds since 1970. */
  readonly reserved: number
  /** SHA-256 of the fonts of a sheet, in hexadecimal: others would make another PDF. */
  readonly fonts?: string | undefined
}

export const MAX_COUNT = 10_000_000

const FIELDS: Fields<RunJob> = {
  facility: true,
  product: true,
  lot: true,
  made: true,
  expires: true,
  count: true,
  first: true,
  carrier: true,
  prefix: true,
  sealed: true,
  sheet: true,
}

/** @throws ArgumentTypeError or ArgumentRangeError naming the field */
export const checkJob = (job: RunJob): RunJob => checkAsked(checkFields('job', job, FIELDS))

function checkAsked<Job extends RunJob>(job: Job): Job {
  const { facility, product, count, first, carrier = 'base45', prefix, sealed, sheet } = job
  checkInteger('count', count, 1, MAX_COUNT)
  checkInteger('last', (first ?? 0) + (count - 1), 0, MAX_ID)
  checkStamp({ ...claimsOf(job), facility, product, serial: first ?? 0 })
  if (!['base45', 'digits', 'url', 'gs1'].includes(carrier))
    throw argumentRange('carrier', 'base45, digits, url or gs1', carrier)
  if (carrier === 'url') checkPrefix(prefix!)
  else if (carrier === 'gs1') checkLinkPrefix(prefix!)
  else if (prefix !== undefined) throw argumentRange('prefix', 'none but for url and gs1', prefix)
  if (sealed !== undefined && typeof sealed !== 'boolean')
    throw argumentType('sealed', 'true or false', sealed)
  if (sheet !== undefined) checkSheetFields(sheet)
  return job
}

/** What says how many files there are. The rest is checked where labels are laid out. */
function checkSheetFields(sheet: RunSheet): void {
  const { volume, start, roll, footer } = checkObject('sheet', sheet) as RunSheet
  for (const [name, flag] of Object.entries({ roll, footer }))
    if (flag !== undefined && typeof flag !== 'boolean')
      throw argumentType(`sheet.${name}`, 'true or false', flag)
  if (volume === undefined) return
  checkInteger('sheet.volume', volume, 1, MAX_VOLUME)
  const { columns, rows } = checkStock('sheet.stock', sheet.stock)
  if (start !== undefined) checkInteger('sheet.start', start, 1, columns * rows)
}

/** The stamp's claims that are the same for the whole run. */
export function claimsOf({ lot, made, expires }: RunJob): Pick<Stamp, 'lot' | 'made' | 'expires'> {
  return { lot, made, expires }
}

/** The unsealed stamp with a serial. */
export const stampOf = (run: Reservation, serial: number): Stamp => ({
  facility: run.facility,
  product: run.product,
  serial,
  ...claimsOf(run),
})

/** The carrier's text of a code. */
export function carrierTextOf({ carrier, prefix }: Reservation, code: Uint8Array): string {
  if (carrier === 'gs1') return encodeLink(code, prefix!)
  return carrier === 'url' ? encodeUrl(code, prefix!) : encodeText(code, carrier)
}

/** Checks a reservation that was read from a file. @throws an argument error naming the field */
export function checkReservation(value: unknown): Reservation {
  const run = checkObject('reservation', value) as Reservation
  checkAsked(run)
  checkInteger('last', run.last, run.first + run.count - 1, run.first + run.count - 1)
  checkInteger('keyId', run.keyId, 0, MAX_KEY_ID)
  checkInteger('reserved', run.reserved, 0, MAX_SECOND)
  checkText('id', run.id, 1, 60)
  checkHex('publicKey', run.publicKey)
  if (run.fonts !== undefined) checkHex('fonts', run.fonts)
  return run
}

function checkHex(name: string, value: unknown): void {
  if (typeof value !== 'string' || !/^[0-9a-f]{64}$/.test(value))
    throw argumentRange(name, '64 hex digits', value)
}
