import { applyDeltas } from 'veristamp'
import {
  type DocumentReason,
  type Engine,
  loadRevocationList,
  loadTrustList,
  type RevocationList,
  type SequenceStore,
  type TrustList,
} from 'veristamp/verify'
import { type FileKind, kindOf } from '../core/file-kind.ts'
import { type Setup, toHex } from '../core/setup.ts'
import { hashOf, nameOf, type SlicedList, withSlices } from '../core/slices.ts'
import type { Words } from '../core/words.ts'
import type { SliceKeep } from './slice-keep.ts'

type ListName = 'trust' | 'revocation'

/** Why the kiosk itself turns a file down. */
export type OwnReason = keyof Words['lists']['reasons']

/** What came of a file, or of many slices. The reasons are the library's, and a few of the kiosk's own. */
export interface LoadOutcome {
  readonly kind: FileKind
  readonly ok: boolean
  /** What was loaded, where it was one file. */
  readonly file?: Uint8Array
  readonly reason?: DocumentReason | OwnReason
  readonly detail?: string
  /** Of logs: whose they are, and how many scans were new. */
  readonly places?: readonly string[]
  readonly added?: number
  /** Of slices: how many. */
  readonly count?: number
}

export interface ListsOptions {
  readonly setup: Setup
  /** Without one the library's own is used. */
  readonly engine: Engine | undefined
  /** Without one, older lists can't be told. */
  readonly store: (SequenceStore & { flush(): Promise<void> }) | undefined
  readonly keep: {
    get(name: ListName): Promise<Uint8Array | undefined>
    put(name: ListName, bytes: Uint8Array): Promise<void>
    drop(name: ListName): Promise<void>
  }
  readonly slices: SliceKeep
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

/** The lists of one authority that this kiosk goes by. */
export class Lists {
  readonly #options: ListsOptions
  readonly slices: SliceKeep
  readonly #remembering: { readonly store?: SequenceStore }
  #trustList: TrustList | undefined
  #revocationList: RevocationList | undefined
  /** The revocation list as it came: the base of the next delta. */
  #document: Uint8Array | undefined
  /** The lists whose slices are kept, by kind, until all slices of newer ones are here. */
  readonly #bases = new Map<ListName, PatchBase>()
  /** One thing after another: what takes long must not undo what came meanwhile. */
  #turn: Promise<unknown> = Promise.resolve()

  constructor(options: ListsOptions) {
    this.#options = options
    this.slices = options.slices
    this.#remembering = options.store === undefined ? {} : { store: options.store }
  }

  get trustList(): TrustList | undefined {
    return this.#trustList
  }

  get revocationList(): RevocationList | undefined {
    return this.#revocationList
  }

  get #all(): readonly SlicedList[] {
    return [this.#trustList, this.#revocationList].filter((list) => list !== undefined)
  }

  /** The slices that are not here. Stamps of their key ids can't be checked. */
  get missing(): SlicedList['missingSlices'] {
    return this.#all.flatMap(({ missingSlices }) => missingSlices)
  }

  /** Where slices are missing that patches may lead to, and the list that these begin at. */
  get patchable(): readonly Patchable[] {
    return this.#kinds.flatMap(([kind, list]) => {
      const [base, missing] = [this.#bases.get(kind), list?.missingSlices ?? []]
      return base === undefined || missing.length === 0 ? [] : [{ kind, from: base.from, missing }]
    })
  }

  get #kinds(): readonly (readonly [ListName, SlicedList | undefined])[] {
    return [
      ['trust', this.#trustList],
      ['revocation', this.#revocationList],
    ]
  }

  /** Notes a list that another one takes the place of. */
  #leave(kind: ListName, list: SlicedList | undefined, file: Uint8Array | undefined): void {
    if (list?.slices === undefined || file === undefined || this.#bases.has(kind)) return
    this.#bases.set(kind, { from: hashOf(file), names: list.slices.map(nameOf) })
  }

  /** Loads a trust list, a revocation list or a delta, and keeps it if it is accepted. */
  load(bytes: Uint8Array): Promise<LoadOutcome> {
    return this.#inTurn(async () => {
      const outcome = await this.#loadKind(kindOf(bytes), bytes)
      await this.#options.store?.flush()
      return outcome
    })
  }

  /**
   * Loads slices and keeps them.
   * @param files by their hashes
   * @returns the hashes of those that the lists name, and why they were refused
   */
  loadSlices(files: ReadonlyMap<string, Uint8Array>): Promise<LoadedSlices> {
    return this.#inTurn(async () => {
      const named = this.#named()
      const own = new Map([...files].filter(([name]) => named.has(name)))
      const reason = this.#grow(own)
      if (reason !== undefined) return { names: [...own.keys()], reason }
      await this.slices.put(own)
      return { names: [...own.keys()] }
    })
  }

  /** Uses slices that were kept meanwhile, and forgets those that no list names any more and no patches begin at. */
  tidySlices(): Promise<void> {
    return this.#inTurn(async () => {
      if (this.missing.length > 0) this.#grow(await this.slices.get(this.missing.map(nameOf)))
      for (const [kind, list] of this.#kinds) if (!list?.missingSlices.length) this.#bases.delete(kind)
      const bases = [...this.#bases.values()].flatMap(({ names }) => names)
      await this.slices.keepOnly(new Set([...this.#named(), ...bases]))
    })
  }

  #named(): ReadonlySet<string> {
    return new Set(this.#all.flatMap(({ slices = [] }) => slices.map(nameOf)))
  }

  #inTurn<T>(work: () => Promise<T>): Promise<T> {
    const done = this.#turn.then(work)
    this.#turn = done.catch(() => undefined)
    return done
  }

  /** Adds slices to the lists that name them. @returns why one of the lists refused them */
  #grow(slices: ReadonlyMap<string, Uint8Array>): DocumentReason | undefined {
    const trust = this.#trustList && withSlices(this.#trustList, slices)
    const revocation = this.#revocationList && withSlices(this.#revocationList, slices)
    this.#trustList = trust?.list
    this.#revocationList = revocation?.list
    return trust?.reason ?? revocation?.reason
  }

  /** A list with its slices that are kept. */
  async #withKept<List extends SlicedList>(list: List): Promise<List> {
    if (list.missingSlices.length === 0) return list
    return withSlices(list, await this.slices.get(list.missingSlices.map(nameOf))).list
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
    const loaded = loadTrustList(bytes, { authority, roots, ...(engine && { engine }), ...this.#remembering })
    if (!loaded.ok) return { kind: 'trust', ...loaded }
    if (isSame(loaded.trustList, this.#trustList)) return { kind: 'trust', ok: true }
    const trustList = await this.#withKept(loaded.trustList)
    this.#leave('trust', this.#trustList, await keep.get('trust'))
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
    if (isSame(loaded.revocationList, this.#revocationList)) return { kind: 'revocation', ok: true }
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
    this.#leave('revocation', this.#revocationList, this.#document)
    this.#revocationList = await this.#withKept(revocationList)
    this.#document = document
    await this.#options.keep.put('revocation', document)
  }
}

/** What is here already is not made ready anew: with all its slices that takes seconds. */
const isSame = (a: SlicedList, b: SlicedList | undefined): boolean =>
  b !== undefined && toHex(a.digest) === toHex(b.digest)

/** A list by the hash of its file, and its slices by theirs. */
interface PatchBase {
  readonly from: string
  readonly names: readonly string[]
}

export interface Patchable {
  readonly kind: ListName
  readonly from: string
  readonly missing: SlicedList['missingSlices']
}

/** What came of slices. */
export interface LoadedSlices {
  readonly names: readonly string[]
  readonly reason?: DocumentReason
}
