import type { Engine, VerifyJob, VerifyKey } from '../../ed25519/engine.ts'
import { concatBytes } from '../../lib/bytes.ts'
import { signedMessage } from '../../lib/contexts.ts'
import { isMalformed, isOurs } from '../../lib/errors.ts'
import { decodeText } from '../../stamp/carrier.ts'
import { decodePayload, splitCode } from '../../stamp/code.ts'
import { BATCH, firstWrong, importRunKey } from '../check-signatures.ts'
import type { Reservation } from '../job.ts'
import type { Manifest } from '../manifest.ts'
import { Fault } from '../run-fault.ts'
import { type CodeRow, MAX_LINE, readRows } from './code-lines.ts'
import { rowJob } from './row-check.ts'

/** Lines of a file of codes that are checked at once. */
export interface CodeBlock {
  readonly lines: Uint8Array
  /** How many codes come before: none before the block that begins with the heading. */
  readonly before: number
}

/** What codes are checked against: the record too, where it is at hand. */
export interface Due {
  readonly manifest: Manifest
  /** A sound one. */
  readonly publicKey: Uint8Array
  readonly run: Reservation | undefined
  readonly secret: Uint8Array | undefined
}

/** A block this long has a line that is too long. */
const MAX_BLOCK = (BATCH + 1) * MAX_LINE

/** Cuts a file into blocks of BATCH codes, of which no more than one is held. The last may be shorter. */
export function* blocksOf(pieces: Iterable<Uint8Array>): Generator<CodeBlock> {
  let before = 0
  let held: Uint8Array[] = []
  let length = 0
  const hold = (part: Uint8Array) => {
    held.push(part)
    length += part.length
  }
  const take = (): CodeBlock => {
    const block = { lines: concatBytes(...held), before }
    before += BATCH
    held = []
    length = 0
    return block
  }
  let missing = BATCH + 1 // lines, with the heading
  for (const piece of pieces) {
    let start = 0
    for (let end = piece.indexOf(LINE_FEED); end >= 0; end = piece.indexOf(LINE_FEED, end + 1)) {
      if (--missing > 0) continue
      hold(piece.subarray(start, end + 1))
      yield take()
      start = end + 1
      missing = BATCH
    }
    hold(piece.subarray(start))
    if (length > MAX_BLOCK) break
  }
  if (length > 0 || before === 0) yield take()
}

const LINE_FEED = 10

/** How many codes a block has, each of which is the one that is due. @throws Fault for the first that is not */
export async function checkBlock({ lines, before }: CodeBlock, due: Due, engine: Engine): Promise<number> {
  const imported = importRunKey(due.publicKey, engine)
  if (!imported.ok) throw new Fault('manifest_signature', imported.reason)
  const first = due.manifest.first + before
  const jobs: VerifyJob[] = []
  try {
    for await (const row of readRows([lines], { hasHeading: before === 0 }))
      jobs.push(jobOf(row, first + jobs.length, due, imported.key))
  } catch (error) {
    throw isOurs(error, 'run_corrupt') ? new Fault('codes_line', error.message) : error
  }
  const wrong = firstWrong(jobs, engine)
  if (wrong >= 0) throw new Fault('code_signature', `serial ${first + wrong}`)
  return jobs.length
}

const ROW_FAULTS = { malformed: 'code_malformed', other: 'code_other', seal: 'secret' } as const

/** The signature of a row that says what its place in the file asks for. */
function jobOf(row: CodeRow, serial: number, { run, manifest, secret }: Due, key: VerifyKey): VerifyJob {
  if (run === undefined) return plainJob(row, serial, manifest, key)
  const job = rowJob(run, { row, due: serial, key, secret })
  if (typeof job === 'string') throw new Fault(ROW_FAULTS[job], `serial ${serial}`)
  return job
}

/** The same without a record. */
function plainJob({ serial, code }: CodeRow, due: number, manifest: Manifest, key: VerifyKey): VerifyJob {
  const place = `serial ${due}`
  try {
    const { payload, signature } = splitCode(decodeText(code).code)
    const { keyId, stamp } = decodePayload(payload)
    const { facility, product } = stamp
    const isDue = serial === due && stamp.serial === due && due <= manifest.last
    if (
      !isDue ||
      keyId !== manifest.keyId ||
      facility !== manifest.facility ||
      product !== manifest.product
    ) {
      throw new Fault('code_other', place)
    }
    return { key, message: signedMessage('veristamp:stamp1', payload), signature }
  } catch (error) {
    throw isMalformed(error) ? new Fault('code_malformed', `${place}: ${error.detail}`) : error
  }
}
