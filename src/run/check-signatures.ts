import type { Engine, ImportedKey, VerifyJob } from '../ed25519/engine.ts'
import { verifyJobs } from '../ed25519/verify-jobs.ts'
import { loadEngine } from '../ed25519/wasm/wasm-engine.ts'
import { equalBytes } from '../lib/bytes.ts'
import { nativeEngine } from '../node/native-engine.ts'

/** Signatures that are checked together. */
export const BATCH = 1024

let loading: Promise<Engine> | undefined

/** The fastest engine that Node has, one for all runs of the process: some 10 µs a signature, or 100 without WebAssembly. */
export function runEngine(): Promise<Engine> {
  loading ??= loadEngine().then((engine) => (engine.name === 'noble' ? nativeEngine : engine))
  return loading
}

let last:
  | { readonly engine: Engine; readonly publicKey: Uint8Array; readonly imported: ImportedKey }
  | undefined

/** The key, imported anew only where it is another than the last: an engine makes tables for each, some 10 ms. */
export function importRunKey(publicKey: Uint8Array, engine: Engine): ImportedKey {
  if (last === undefined || last.engine !== engine || !equalBytes(last.publicKey, publicKey)) {
    last = { engine, publicKey, imported: engine.importKey(publicKey) }
  }
  return last.imported
}

/** The place of the first job whose signature does not hold, or −1. */
export const firstWrong = (jobs: readonly VerifyJob[], engine: Engine): number =>
  verifyJobs(jobs, engine).indexOf(false)
