import { applyDeltas } from 'veristamp'
import {
  createVerifier,
  type DocumentReason,
  type Engine,
  loadRevocationList,
  loadTrustList,
  type RevocationList,
  type SequenceStore,
  type TrustList,
  type Verifier,
} from 'veristamp/verify'
import { type FileKind, kindOf } from '../core/file-kind.ts'
import type { Setup } from '../core/setup.ts'
import type { Words } from '../core/words.ts'
import type { FileName } from './keep.ts'

/** Why the kiosk itself turns a file down. */
export type OwnReason = keyof Words['lists']['reasons']

/** What came of a file. The reasons are the library's, and a few of the kiosk's own. */
export interface LoadOutcome {
  readonly kind: FileKind
  readonly ok: boolean
  readonly reason?: DocumentReason | OwnReason
  readonly detail?: string
  /** Of logs: whose they are, and how many scans were new. */
  readonly places?: readonly string[]
  readonly added?: number
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
export async function openLists(options: ListsOptions): Promise<Lists> {
  const lists = new Lists(options)
  for (const name of ['trust', 'revocation'] as const) {
    const kept = await options.keep.get(name)
    if (kept !== undefined) await lists.load(kept)
  }
  return lists
}

/** The lists that this kiosk goes by, and the verifier made of them. */
export class Lists {
  readonly #options: ListsOptions
  readonly #remembering: { readonly store?: SequenceStore }
  #trustList: TrustList | undefined
  #revocationList: RevocationList | undefined
  /** The revocation list as it came: the base of the next delta. */
  #document: Uint8Array | undefined
  #verifier: Verifier | undefined

  constructor(options: ListsOptions) {
    this.#options = options
    this.#remembering = options.store === undefined ? {} : { store: options.store }
  }

  get trustList(): TrustList | undefined {
    return this.#trustList
  }

  get revocationList(): RevocationList | undefined {
    return this.#revocationList
  }

  /** Undefined until a trust list is loaded. */
  get verifier(): Verifier | undefined {
    return this.#verifier
  }

  /** Loads a trust list, a revocation list or a delta, and keeps it if it is accepted. */
  async load(bytes: Uint8Array): Promise<LoadOutcome> {
    const outcome = await this.#loadKind(kindOf(bytes), bytes)
    await this.#options.store?.flush()
    if (this.#trustList !== undefined) {
      const revocationLists = this.#revocationList === undefined ? [] : [this.#revocationList]
      this.#verifier = createVerifier({ trustLists: [this.#trustList], revocationLists })
    }
    return outcome
  }

  async #loadKind(kind: FileKind, bytes: Uint8Array): Promise<LoadOutcome> {
    if (kind === 'trust') return this.#loadTrust(bytes)
    if (kind === 'revocation') return this.#loadRevocation(bytes)
    if (kind === 'delta') return this.#loadDelta(bytes)
    return { kind, ok: false, reason: 'unknown_file' }
  }

  async #loadTrust(bytes: Uint8Array): Promise<LoadOutcome> {
    const { setup, engine, keep } = this.#options
    const { authority, roots } = setup
    const loaded = loadTrustList(bytes, { authority, roots, engine, ...this.#remembering })
    if (!loaded.ok) return { kind: 'trust', ...loaded }
    const { trustList } = loaded
    this.#trustList = trustList
    await keep.put('trust', bytes)
    // Under another revocation key or epoch the list of before no longer counts.
    if (this.#document !== undefined && !loadRevocationList(this.#document, { trustList }).ok) {
      this.#revocationList = undefined
      this.#document = undefined
      await keep.drop('revocation')
    }
    return { kind: 'trust', ok: true }
  }

  async #loadRevocation(bytes: Uint8Array): Promise<LoadOutcome> {
    if (this.#trustList === undefined) return { kind: 'revocation', ok: false, reason: 'trust_first' }
    const loaded = loadRevocationList(bytes, { trustList: this.#trustList, ...this.#remembering })
    if (!loaded.ok) return { kind: 'revocation', ...loaded }
    await this.#use(loaded.revocationList, bytes)
    return { kind: 'revocation', ok: true }
  }

  async #loadDelta(bytes: Uint8Array): Promise<LoadOutcome> {
    if (this.#trustList === undefined || this.#document === undefined) {
      return { kind: 'delta', ok: false, reason: 'delta_base' }
    }
    const options = { trustList: this.#trustList, ...this.#remembering }
    const applied = applyDeltas(this.#document, [bytes], options)
    if (!applied.ok) return { kind: 'delta', ...applied }
    await this.#use(applied.revocationList, applied.document)
    return { kind: 'delta', ok: true }
  }

  async #use(revocationList: RevocationList, document: Uint8Array): Promise<void> {
    this.#revocationList = revocationList
    this.#document = document
    await this.#options.keep.put('revocation', document)
  }
}
