import { type IndexedDbStore, openIndexedDbStore } from 'veristamp/browser'
import type { Engine } from 'veristamp/verify'
import { loadEngine } from 'veristamp/wasm'
import { byKind, kindOf } from '../core/file-kind.ts'
import { readSetup, type Setup } from '../core/setup.ts'
import { type Checked, check } from './check.ts'
import { type History, openHistory } from './history.ts'
import { type Keep, openKeep } from './keep.ts'
import { type Lists, type LoadOutcome, openLists } from './lists.ts'
import { type Memory, openMemory } from './memory.ts'

export interface Scan {
  readonly checked: Checked
  /** Settles when the scan is on disk. The answer does not wait for it: a full disk changes no verdict. */
  readonly saved: Promise<unknown>
}

/** Opens the kiosk as it was left. */
export async function openKiosk(): Promise<Kiosk> {
  const [keep, engine, store] = await Promise.all([
    openKeep(),
    loadEngine(),
    // Without a store it works on, and says that older lists can't be told.
    openIndexedDbStore().catch(() => undefined),
  ])
  const kiosk = new Kiosk({ keep, engine, store, history: await openHistory(keep) })
  await kiosk.reopen()
  return kiosk
}

interface Parts {
  readonly keep: Keep
  readonly engine: Engine
  readonly store: IndexedDbStore | undefined
  readonly history: History
}

/** What belongs to one authority. */
interface Pinned {
  readonly setup: Setup
  readonly lists: Lists
  readonly memory: Memory
}

/** All that the kiosk is, without its screen. */
export class Kiosk {
  readonly #parts: Parts
  #pinned: Pinned | undefined

  constructor(parts: Parts) {
    this.#parts = parts
  }

  /** Undefined until it is set up, as are the lists and the memory. */
  get setup(): Setup | undefined {
    return this.#pinned?.setup
  }

  get lists(): Lists | undefined {
    return this.#pinned?.lists
  }

  get memory(): Memory | undefined {
    return this.#pinned?.memory
  }

  get history(): History {
    return this.#parts.history
  }

  async reopen(): Promise<void> {
    const file = await this.#parts.keep.get('setup')
    if (file !== undefined) await this.#pin(file)
  }

  /** Pins an authority: once, until everything is forgotten. */
  async setUp(file: Uint8Array): Promise<void> {
    if (this.#pinned !== undefined) throw new Error('the kiosk is set up already')
    await this.#pin(file)
    await this.#parts.keep.put('setup', file)
  }

  async #pin(file: Uint8Array): Promise<void> {
    const { keep, engine, store } = this.#parts
    const setup = readSetup(file)
    if (setup === undefined) throw new Error('this is no set-up file')
    const lists = await openLists({ setup, keep, engine, store })
    const memory = await openMemory(setup, engine, keep)
    if (lists.trustList !== undefined) memory.useTrustList(lists.trustList)
    this.#pinned = { setup, lists, memory }
  }

  /** Loads files in the order in which they need each other. */
  async load(files: readonly Uint8Array[]): Promise<readonly LoadOutcome[]> {
    const outcomes: LoadOutcome[] = []
    for (const bytes of [...files].sort(byKind)) outcomes.push(await this.#loadOne(bytes))
    return outcomes
  }

  async #loadOne(bytes: Uint8Array): Promise<LoadOutcome> {
    const kind = kindOf(bytes)
    if (this.#pinned === undefined) return { kind, ok: false, reason: 'setup_first' }
    if (kind === 'setup') return { kind, ok: false, reason: 'setup_exists' }
    const { lists, memory } = this.#pinned
    if (kind === 'scans') return memory.merge(bytes, new Date())
    const outcome = await lists.load(bytes)
    if (lists.trustList !== undefined) memory.useTrustList(lists.trustList)
    return outcome
  }

  /** Checks a scan and remembers it. @returns undefined where no lists are loaded */
  check(texts: readonly string[], now: Date): Scan | undefined {
    if (this.#pinned?.lists.verifier === undefined) return undefined
    const { lists, memory } = this.#pinned
    const checked = check(texts, lists.verifier!, memory.log, now)
    const saved = Promise.all([this.history.add(entryOf(checked, now)), memory.log.flush()])
    return { checked, saved }
  }

  /** Takes back a scan that was a mistake. */
  async undo(id: number): Promise<void> {
    const scan = this.history.entries().find((entry) => entry.id === id)?.scan
    if (scan !== undefined) this.memory?.log.undo(scan)
    await this.memory?.log.flush()
    await this.history.undo(id)
  }
}

function entryOf({ verdict, answer, evidence }: Checked, now: Date) {
  const { stamp, product } = verdict
  return {
    time: now.getTime(),
    ...answer,
    ...(stamp && { serial: stamp.serial, product: product?.name ?? `${stamp.facility}/${stamp.product}` }),
    ...(evidence.id && { scan: evidence.id }),
  }
}
