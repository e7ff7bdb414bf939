import { existsSync } from 'node:fs'
import { orRefused } from '../document/refusal.ts'
import { anEngine, type Engine, type VerifyJob, type VerifyKey } from '../ed25519/engine.ts'
import { checkAborted } from '../lib/abort.ts'
import {
  type ArgumentTable,
  aFunction,
  aSignal,
  bytesOf,
  checkTable,
  ifGiven,
  listOf,
  textOf,
} from '../lib/arguments.ts'
import type { Bytes } from '../lib/bytes.ts'
import { equalBytes } from '../lib/bytes.ts'
import { copyBytes } from '../lib/checks.ts'
import { signedMessage } from '../lib/contexts.ts'
import { argumentRange, isMalformed, isOurs } from '../lib/errors.ts'
import { readBoundedFile } from '../node/files/bounded-file.ts'
import { decodeText } from '../stamp/carrier.ts'
import { decodePayload, splitCode } from '../stamp/code.ts'
import { BATCH, firstWrong, runEngine } from './check-signatures.ts'
import { type CodeRow, readRows } from './codes/code-lines.ts'
import { digestFile, readPieces } from './codes/codes-file.ts'
import { rowJob } from './codes/row-check.ts'
import { isOfRun } from './finished.ts'
import { type FinishedRun, fileFields, secretFile } from './folder.ts'
import type { Reservation } from './job.ts'
import { MAX_MANIFEST, type Manifest, openManifest } from './manifest.ts'
import { openRunSecret, readSecretFile } from './secret.ts'

export interface VerifyRunOptions {
  /** The keys that may have signed: those of the trust list's issuers. */
  readonly publicKeys: readonly Uint8Array[]
  /** What verifies the codes: `loadEngine`'s engine of the wasm door by default. */
  readonly engine?: Engine | undefined
  /** For sealed stamps: opens the secret, by which the hidden codes are checked. Without it only its file is. */
  readonly passphrase?: string | undefined
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: { readonly done: number; readonly count: number }) => void) | undefined
}

/** A run's files. Who has deleted the sheets, and means to, leaves them out. */
export type RunFiles = Pick<FinishedRun, 'codes' | 'sheets' | 'manifest'> & Partial<FinishedRun>

/**
 * What is wrong with a run (docs/spec/runs.md, "The run manifest"). `manifest`: not readable or of another kind.
 * `manifest_signature`: none of the keys signed it. `manifest_other`: it closes another run than the record says.
 * `secret`: what the hidden codes come from is missing, damaged, or another's. `codes_digest`, `sheets_digest`:
 * another file than the one that was signed for. `sheets_missing`: none, where one was signed for. `codes_line`: no
 * line of a run's codes. `code_malformed`, `code_other`: no code, or another stamp's than its place says; so a serial
 * is missing, or there twice. `code_signature`: forged or damaged.
 */
export type RunFault =
  | 'manifest'
  | 'manifest_signature'
  | 'manifest_other'
  | 'secret'
  | 'codes_digest'
  | 'sheets_digest'
  | 'sheets_missing'
  | 'codes_line'
  | 'code_malformed'
  | 'code_other'
  | 'code_signature'

export type VerifiedRun =
  | { readonly ok: true; readonly manifest: Manifest; readonly publicKey: Uint8Array }
  | { readonly ok: false; readonly reason: RunFault; readonly detail?: string | undefined }

const fields: ArgumentTable<VerifyRunOptions> = {
  publicKeys: listOf(bytesOf(32)),
  engine: ifGiven(anEngine),
  passphrase: ifGiven(textOf(1024)),
  signal: ifGiven(aSignal),
  onProgress: ifGiven(aFunction),
}

class Fault extends Error {
  readonly reason: RunFault
  constructor(reason: RunFault, detail?: string) {
    super(detail)
    this.reason = reason
  }
}

/**
 * Checks a finished run's files against its signed manifest: the signature, the digests, and every code, one for
 * each serial of the range and no other. With `run` and `folder`, as `filesOf` gives them, also against the record:
 * every code is of the run's lot, dates and carrier, and a sealed run's secret is its own. It says nothing of
 * revocation, nor of what became of the labels. Who has deleted the sheets, and means to, gives `files` without them.
 * @throws an argument error; VeristampError `passphrase`; the signal's reason; what the file system throws, for files
 * that are not there
 */
export async function verifyRun(files: RunFiles, options: VerifyRunOptions): Promise<VerifiedRun> {
  checkTable<Partial<FinishedRun>>('files', files, fileFields)
  checkTable('options', options, fields)
  const publicKeys = options.publicKeys.map((key) => copyBytes('options.publicKeys', key, 32))
  const { engine = await runEngine() } = options
  try {
    const { manifest, key } = openOwn(files.manifest, publicKeys, engine)
    if (files.run !== undefined && !isOfRun(manifest, files.run))
      throw new Fault('manifest_other', files.run.id)
    checkDigest(files.codes, manifest.codes, 'codes_digest')
    if (files.sheets !== undefined) checkSheets(files.sheets, manifest)
    const secret = secretOf(files, options.passphrase)
    await checkCodes(files.codes, { manifest, key, run: files.run, secret }, { ...options, engine })
    return { ok: true, manifest, publicKey: key.publicKey }
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { ok: false, reason: error.reason, ...(error.message && { detail: error.message }) }
  }
}

/** A sealed run's secret, where the passphrase is at hand. */
function secretOf({ run, folder }: Partial<FinishedRun>, passphrase: string | undefined): Bytes | undefined {
  if (!run?.sealed || folder === undefined) return undefined
  const file = secretFile(folder)
  try {
    if (passphrase !== undefined) return openRunSecret(file, run.id, passphrase)
    readSecretFile(file, run.id)
    return undefined
  } catch (error) {
    throw isOurs(error, 'run_corrupt') ? new Fault('secret', file) : error
  }
}

function openOwn(
  file: string,
  publicKeys: readonly Uint8Array[],
  engine: Engine,
): { manifest: Manifest; key: VerifyKey } {
  const document = readBoundedFile(file, MAX_MANIFEST)
  if (document === undefined) throw new Fault('manifest', 'too long')
  for (const publicKey of publicKeys) {
    const imported = engine.importKey(publicKey)
    if (!imported.ok) throw argumentRange('publicKeys', 'sound public keys', imported.reason)
    const opened = orRefused(() => ({ ok: true as const, manifest: openManifest(document, imported.key) }))
    if (opened.ok) return { manifest: opened.manifest, key: imported.key }
    if (opened.reason !== 'wrong_key') throw new Fault('manifest', opened.detail ?? opened.reason)
  }
  throw new Fault('manifest_signature')
}

/** Sheets that the manifest signs for are there, and no others. */
function checkSheets(file: string, { sheets }: Manifest): void {
  if (existsSync(file)) checkDigest(file, sheets, 'sheets_digest')
  else if (sheets !== undefined) throw new Fault('sheets_missing', file)
}

function checkDigest(file: string, digest: Uint8Array | undefined, reason: RunFault): void {
  if (digest === undefined || !equalBytes(digestFile(file), digest)) throw new Fault(reason, file)
}

/** What codes are checked against: the record too, where it is at hand. */
interface Due {
  readonly manifest: Manifest
  readonly key: VerifyKey
  readonly run: Reservation | undefined
  readonly secret: Uint8Array | undefined
}

async function checkCodes(
  file: string,
  due: Due,
  { engine, signal, onProgress }: VerifyRunOptions & { readonly engine: Engine },
): Promise<void> {
  const { manifest } = due
  let batch: VerifyJob[] = []
  let done = 0
  const check = () => {
    checkAborted(signal)
    checkBatch(batch, engine, manifest.first + done)
    done += batch.length
    batch = []
    onProgress?.({ done, count: manifest.count })
  }
  for await (const row of rowsOf(file)) {
    const serial = manifest.first + done + batch.length
    batch.push(due.run ? ownJobOf(row, serial, due.run, due) : jobOf(row, manifest, serial, due.key))
    if (batch.length === BATCH) check()
  }
  check()
  if (done !== manifest.count) throw new Fault('code_other', `${done} codes of ${manifest.count}`)
}

async function* rowsOf(file: string): AsyncGenerator<CodeRow> {
  try {
    yield* readRows(readPieces(file))
  } catch (error) {
    throw isOurs(error, 'run_corrupt') ? new Fault('codes_line', error.message) : error
  }
}

const ROW_FAULTS = { malformed: 'code_malformed', other: 'code_other', seal: 'secret' } as const

function ownJobOf(row: CodeRow, due: number, run: Reservation, { key, secret }: Due): VerifyJob {
  const job = rowJob(run, { row, due, key, secret })
  if (typeof job === 'string') throw new Fault(ROW_FAULTS[job], `serial ${due}`)
  return job
}

/** A row's signature, once the row says what its place in the file asks for. */
function jobOf({ serial, code }: CodeRow, manifest: Manifest, due: number, key: VerifyKey): VerifyJob {
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

function checkBatch(batch: readonly VerifyJob[], engine: Engine, first: number): void {
  const wrong = firstWrong(batch, engine)
  if (wrong >= 0) throw new Fault('code_signature', `serial ${first + wrong}`)
}
