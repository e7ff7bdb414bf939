import { existsSync } from 'node:fs'
import { orRefused } from '../document/refusal.ts'
import { anEngine, type Engine } from '../ed25519/engine.ts'
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
import { argumentRange, isOurs } from '../lib/errors.ts'
import { readBoundedFile } from '../node/files/bounded-file.ts'
import { aPool } from '../node/pool/pool-threads.ts'
import type { WorkerPool } from '../node/pool/worker-pool.ts'
import { runEngine } from './check-signatures.ts'
import { blocksOf, type CodeBlock, checkBlock, type Due } from './codes/code-blocks.ts'
import { digestFiles, readPieces } from './codes/codes-file.ts'
import { isOfRun } from './finished.ts'
import { type FinishedRun, fileFields, secretFile } from './folder.ts'
import { MAX_MANIFEST, type Manifest, openManifest } from './manifest.ts'
import { Fault, type RunFault } from './run-fault.ts'
import { openRunSecret, readSecretFile } from './secret.ts'
import { aheadOf, blocksOver } from './threads/blocks-over.ts'
import { workInOrder } from './threads/work-in-order.ts'

export interface VerifyRunOptions {
  /** The keys that may have signed: those of the trust list's issuers. */
  readonly publicKeys: readonly Uint8Array[]
  /** What verifies the codes: `loadEngine`'s engine of the wasm door by default. */
  readonly engine?: Engine | undefined
  /** Threads that verify the codes, each with an engine of its own. */
  readonly pool?: WorkerPool | undefined
  /** For sealed stamps: opens the secret, by which the hidden codes are checked. Without it only its file is. */
  readonly passphrase?: string | undefined
  readonly signal?: AbortSignal | undefined
  readonly onProgress?: ((progress: { readonly done: number; readonly count: number }) => void) | undefined
}

/** A run's files. Who has deleted the sheets, and means to, leaves them out. */
export type RunFiles = Pick<FinishedRun, 'codes' | 'sheets' | 'manifest'> & Partial<FinishedRun>

export type VerifiedRun =
  | { readonly ok: true; readonly manifest: Manifest; readonly publicKey: Uint8Array }
  | { readonly ok: false; readonly reason: RunFault; readonly detail?: string | undefined }

const fields: ArgumentTable<VerifyRunOptions> = {
  publicKeys: listOf(bytesOf(32)),
  engine: ifGiven(anEngine),
  pool: ifGiven(aPool),
  passphrase: ifGiven(textOf(1024)),
  signal: ifGiven(aSignal),
  onProgress: ifGiven(aFunction),
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
    const { manifest, publicKey } = openOwn(files.manifest, publicKeys, engine)
    if (files.run !== undefined && !isOfRun(manifest, files.run))
      throw new Fault('manifest_other', files.run.id)
    checkDigest([files.codes], manifest.codes, 'codes_digest')
    if (files.sheets !== undefined) checkSheets(files.sheets, manifest)
    const secret = secretOf(files, options.passphrase)
    await checkCodes(files.codes, { manifest, publicKey, run: files.run, secret }, { ...options, engine })
    return { ok: true, manifest, publicKey }
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
): { manifest: Manifest; publicKey: Uint8Array } {
  const document = readBoundedFile(file, MAX_MANIFEST)
  if (document === undefined) throw new Fault('manifest', 'too long')
  for (const publicKey of publicKeys) {
    const imported = engine.importKey(publicKey)
    if (!imported.ok) throw argumentRange('publicKeys', 'sound public keys', imported.reason)
    const opened = orRefused(() => ({ ok: true as const, manifest: openManifest(document, imported.key) }))
    if (opened.ok) return { manifest: opened.manifest, publicKey }
    if (opened.reason !== 'wrong_key') throw new Fault('manifest', opened.detail ?? opened.reason)
  }
  throw new Fault('manifest_signature')
}

/** Sheets that the manifest signs for are there, and no others. */
function checkSheets(files: readonly string[], { sheets }: Manifest): void {
  const missing = files.find((file) => !existsSync(file))
  if (missing === undefined) checkDigest(files, sheets, 'sheets_digest')
  else if (sheets !== undefined) throw new Fault('sheets_missing', missing)
}

function checkDigest(files: readonly string[], digest: Uint8Array | undefined, reason: RunFault): void {
  if (digest === undefined || !equalBytes(digestFiles(files), digest))
    throw new Fault(reason, files.join(', '))
}

/** Every code of the run, once, in its place. */
async function checkCodes(
  file: string,
  due: Due,
  { engine, pool, signal, onProgress }: VerifyRunOptions & { readonly engine: Engine },
): Promise<void> {
  const { count } = due.manifest
  const check = pool ? blocksOver(pool, due) : (block: CodeBlock) => checkBlock(block, due, engine)
  let done = 0
  for await (const checked of workInOrder(blocksOf(readPieces(file)), check, pool ? aheadOf(pool) : 1)) {
    checkAborted(signal)
    done += checked
    onProgress?.({ done, count })
  }
  if (done !== count) throw new Fault('code_other', `${done} codes of ${count}`)
}
