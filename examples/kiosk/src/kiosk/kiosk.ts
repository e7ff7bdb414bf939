import { openIndexedDbStore } from 'veristamp/browser'
import { loadEngine } from 'veristamp/wasm'
import { byKind, kindOf } from '../core/file-kind.ts'
import { readSetup, type Setup } from '../core/setup-file.ts'
import { type Checked, check } from './check.ts'
import { type History, openHistory } from './history.ts'
import { openKeep } from './keep.ts'
import { type Lists, type LoadOutcome, openLists } from './lists.ts'
import { type Memory, openMemory } from './memory.ts'

/** All that the kiosk is, without its screen. */
export interface Kiosk {
  /** Undefined until it is set up. */
  readonly setup: Setup | undefined
  readonly lists: Lists | undefined
  readonly history: History
  readonly memory: Memory | undefined
  /** Pins an authority: once, until everything is forgotten. */
  setUp(file: Uint8Array): Promise<void>
  /** Loads files in the order in which they need each other. */
  load(files: readonly Uint8Array[]): Promise<readonly LoadOutcome[]>
  /** Checks a scan and remembers it. @returns undefined where no lists are loaded */
  check(texts: readonly string[], now: Date): Scan | undefined
  undo(id: number): Promise<void>
}

export interface Scan {
  readonly checked: Checked
  /** Settles when the scan is on disk. The answer does not wait for it: a full disk changes no verdict. */
  readonly saved: Promise<unknown>
}

const decode = (bytes: Uint8Array): string => new TextDecoder().decode(bytes)

export async function openKiosk(): Promise<Kiosk> {
  const [keep, engine, store] = await Promise.all([
    openKeep(),
    loadEngine(),
    // Without a store it works on, and says that older lists can't be told.
    openIndexedDbStore().catch(() => undefined),
  ])
  const history = await openHistory(keep)
  let setup: Setup | undefined
  let lists: Lists | undefined
  let memory: Memory | undefined

  async function open(file: Uint8Array | undefined): Promise<void> {
    setup = file && readSetup(decode(file))
    if (setup === undefined) return
    lists = await openLists({ setup, keep, engine, store })
    memory = await openMemory(setup, engine, keep)
    if (lists.trustList !== undefined) memory.useTrustList(lists.trustList)
  }
  await open(await keep.get('setup'))

  async function loadOne(bytes: Uint8Array): Promise<LoadOutcome> {
    const kind = kindOf(bytes)
    if (kind === 'setup') return { kind, ok: false, reason: 'setup_exists' }
    if (lists === undefined) return { kind, ok: false, reason: 'setup_first' }
    if (kind === 'scans') return memory!.merge(bytes, new Date())
    const outcome = await lists.load(bytes)
    if (lists.trustList !== undefined) memory!.useTrustList(lists.trustList)
    return outcome
  }

  return {
    history,
    get setup() {
      return setup
    },
    get lists() {
      return lists
    },
    get memory() {
      return memory
    },
    async setUp(file) {
      if (setup !== undefined) throw new Error('the kiosk is set up already')
      await open(file)
      if (setup !== undefined) await keep.put('setup', file)
    },
    async load(files) {
      const outcomes: LoadOutcome[] = []
      for (const bytes of [...files].sort(byKind)) outcomes.push(await loadOne(bytes))
      return outcomes
    },
    check(texts, now) {
      const verifier = lists?.verifier
      if (verifier === undefined || memory === undefined) return undefined
      const checked = check(texts, verifier, memory.log, now)
      return { checked, saved: Promise.all([history.add(entryOf(checked, now)), memory.log.flush()]) }
    },
    async undo(id) {
      const scan = history.entries().find((entry) => entry.id === id)?.scan
      if (scan !== undefined) memory?.log.undo(scan)
      await memory?.log.flush()
      await history.undo(id)
    },
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
