import { applyDeltas } from 'veristamp'
import {
  createVerifier,
  type Engine,
  loadRevocationList,
  loadTrustList,
  type RevocationList,
  type SequenceStore,
  type TrustList,
  type Verifier,
} from 'veristamp/verify'
import { type FileKind, kindOf } from '../core/file-kind.ts'
import type { Setup } from '../core/setup-file.ts'
import type { FileName } from './keep.ts'

/** What came of a file. The reasons are the library's, and a few of the kiosk's own. */
export interface LoadOutcome {
  readonly kind: FileKind
  readonly ok: boolean
  readonly reason?: string
  readonly detail?: string
  /** Of logs: whose they are, and how many scans were new. */
  readonly places?: readonly string[]
  readonly added?: number
}

/** The lists that this kiosk goes by, and the verifier made of them. */
export interface Lists {
  readonly trustList: TrustList | undefined
  readonly revocationList: RevocationList | undefined
  readonly verifier: Verifier | undefined
  /** Loads a trust list, a revocation list or a delta, and keeps it if it is accepted. */
  load(bytes: Uint8Array): Promise<LoadOutcome>
}

export interface ListsOptions {
  readonly setup: Setup
  readonly engine: Engine
  /** Without one, older lists can't be told. */
  readonly store: (SequenceStore & { flush(): Promise<void> }) | undefined
  readonly keep: {
    get(name: FileName): Promise<Uint8Array | undefined>
    put(name: FileName, bytes: Uint8Array): Promise<void>
    drop(name: FileName): Promise<void>
  }
}

/** Opens the lists that are kept; one that is refused by now is passed over, as if it had never been loaded. */
export async function openLists({ setup, engine, store, keep }: ListsOptions): Promise<Lists> {
  const { authority, roots } = setup
  let trustList: TrustList | undefined
  let revocationList: RevocationList | undefined
  let document: Uint8Array | undefined
  let verifier: Verifier | undefined
  const remembering = store === undefined ? {} : { store }

  function renew(): void {
    if (trustList === undefined) return
    const revocationLists = revocationList === undefined ? [] : [revocationList]
    verifier = createVerifier({ trustLists: [trustList], revocationLists })
  }

  async function loadTrust(bytes: Uint8Array): Promise<LoadOutcome> {
    const loaded = loadTrustList(bytes, { authority, roots, engine, ...remembering })
    if (!loaded.ok) return { kind: 'trust', ...loaded }
    trustList = loaded.trustList
    await keep.put('trust', bytes)
    // Under another revocation key or epoch the list of before no longer counts.
    if (document !== undefined && !loadRevocationList(document, { trustList }).ok) {
      revocationList = undefined
      document = undefined
      await keep.drop('revocation')
    }
    return { kind: 'trust', ok: true }
  }

  async function loadRevocation(bytes: Uint8Array): Promise<LoadOutcome> {
    if (trustList === undefined) return { kind: 'revocation', ok: false, reason: 'trust_first' }
    const loaded = loadRevocationList(bytes, { trustList, ...remembering })
    if (!loaded.ok) return { kind: 'revocation', ...loaded }
    revocationList = loaded.revocationList
    document = bytes
    await keep.put('revocation', bytes)
    return { kind: 'revocation', ok: true }
  }

  async function loadDelta(bytes: Uint8Array): Promise<LoadOutcome> {
    if (trustList === undefined || document === undefined) {
      return { kind: 'delta', ok: false, reason: 'delta_base' }
    }
    const applied = applyDeltas(document, [bytes], { trustList, ...remembering })
    if (!applied.ok) return { kind: 'delta', ...applied }
    revocationList = applied.revocationList
    document = applied.document
    await keep.put('revocation', document)
    return { kind: 'delta', ok: true }
  }

  const loaders: Partial<Record<FileKind, (bytes: Uint8Array) => Promise<LoadOutcome>>> = {
    trust: loadTrust,
    revocation: loadRevocation,
    delta: loadDelta,
  }

  async function load(bytes: Uint8Array): Promise<LoadOutcome> {
    const kind = kindOf(bytes)
    const loader = loaders[kind]
    if (loader === undefined) return { kind, ok: false, reason: 'unknown_file' }
    const outcome = await loader(bytes)
    await store?.flush()
    renew()
    return outcome
  }

  for (const name of ['trust', 'revocation'] as const) {
    const kept = await keep.get(name)
    if (kept !== undefined) await load(kept)
  }
  return {
    load,
    get trustList() {
      return trustList
    },
    get revocationList() {
      return revocationList
    },
    get verifier() {
      return verifier
    },
  }
}
