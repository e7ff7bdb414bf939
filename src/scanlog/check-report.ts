import { bytes, list, record, type Shape, text, time, uint } from '../codec/shape.ts'
import { writeShape } from '../codec/shape-writer.ts'
import { decodeEnvelope, MAX_DOCUMENT_LENGTH } from '../document/envelope.ts'
import { authority } from '../document/header.ts'
import { place } from '../document/place.ts'
import { orRefused, type Refused } from '../document/refusal.ts'
import { draftDocument, signDocument } from '../document/sign.ts'
import { anEngine, type Engine } from '../ed25519/engine.ts'
import { nobleEngine } from '../ed25519/noble/engine.ts'
import type { Signer } from '../ed25519/signer.ts'
import { type ArgumentTable, checkTable, ifGiven } from '../lib/arguments.ts'
import type { Bytes } from '../lib/bytes.ts'
import { copyBounded } from '../lib/checks.ts'
import { readSigned } from './document.ts'
import { checkLists, type ScannerList } from './scanner.ts'

/** What closes a day's checks: a document that names their files, signed by the device (docs/spec/scan-logs.md). */
export interface CheckReport {
  /** Whose trust list names the signer: 1 to 64 characters. */
  readonly authority: string
  /** Where the checks were made, as that list calls it: 1 to 200 characters. */
  readonly place: string
  /** When the report was made; to the second. */
  readonly issued: Date
  /** The table of checks and the pictures beside it, ascending by name, none twice; 1 to 4096 of them. */
  readonly files: readonly ReportFile[]
}

export interface ReportFile {
  /** 1 to 100 of `a-z 0-9 . _ -`, the first one a letter or a figure: it leads into no other folder. */
  readonly name: string
  /** Bytes, at most 256 MiB. */
  readonly size: number
  /** SHA-256 of the file, 32 bytes. */
  readonly digest: Uint8Array
}

const MAX_FILES = 4096
const MAX_FILE_SIZE = 2 ** 28

const file: Shape<ReportFile> = record<ReportFile>({
  name: text(100, /^[a-z0-9][a-z0-9._-]*$/),
  size: uint(0, MAX_FILE_SIZE),
  digest: bytes(32),
})

const isAscending = (files: readonly ReportFile[]): boolean =>
  files.every(({ name }, i) => i === 0 || files[i - 1]!.name < name)

/** What a device signs (docs/spec/scan-logs.md, "Check reports"). */
export const reportBody: Shape<CheckReport> = record<CheckReport>(
  { authority, place, issued: time, files: list(file, MAX_FILES) },
  { fault: ({ files }) => (files.length > 0 && isAscending(files) ? undefined : 'files') },
)

/**
 * Signs the report of checks: whoever has it and its files can tell whether a file was changed since.
 * @param signer the device's own key, which the authority's trust list names with this place
 * @throws an argument error; what `signDocument` throws
 * @example
 * ```ts
 * import { signCheckReport } from 'veristamp/scanlog'
 *
 * const files = [{ name: 'checks.csv', size: table.length, digest: tableDigest }]
 * const place = 'Ha Long market 1'
 * const file = await signCheckReport({ authority, place, issued: new Date(), files }, deviceSigner)
 * ```
 */
export const signCheckReport = async (report: CheckReport, signer: Signer): Promise<Bytes> =>
  signDocument(draftDocument('veristamp:check1', writeShape(reportBody, report, 'report')), signer)

export interface CheckReportOptions {
  /** The loaded trust lists: they name the devices whose reports count. */
  readonly trustLists: readonly ScannerList[]
  /** What verifies the signature, noble by default. */
  readonly engine?: Engine
}

/** A report that a device of its place signed. Its files are still to be compared with it. */
export interface OpenedCheckReport {
  readonly ok: true
  readonly report: CheckReport
}

const options: ArgumentTable<CheckReportOptions> = {
  trustLists: (where, lists) => checkLists(where, lists as readonly ScannerList[]),
  engine: ifGiven(anEngine),
}

/**
 * Reads a report that a scanner of a trust list signed for its place.
 * @param document at most 4 MiB
 * @throws an argument error; a bad document is an answer, `unknown_scanner`, `bad_signature`, `wrong_place`, …
 * @example
 * ```ts
 * import { openCheckReport } from 'veristamp/scanlog'
 *
 * const opened = openCheckReport(reportFile, { trustLists: [trustList] })
 * opened.ok && opened.report.files.length // → 1
 * ```
 */
export function openCheckReport(
  document: Uint8Array,
  given: CheckReportOptions,
): OpenedCheckReport | Refused {
  const own = copyBounded('document', document, MAX_DOCUMENT_LENGTH)
  const { trustLists, engine = nobleEngine } = checkTable('options', given, options)
  const lists = checkLists('options.trustLists', trustLists)
  return orRefused((): OpenedCheckReport => {
    const { signer: _, ...report } = readSigned(decodeEnvelope(own), 'veristamp:check1', reportBody, {
      lists,
      engine,
    })
    return { ok: true, report }
  })
}
