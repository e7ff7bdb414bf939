import { type IndexedDbStore, openIndexedDbStore } from 'veristamp/browser'
import { createVerifier, type Engine, type Verdict, type Verifier } from 'veristamp/verify'
import { loadEngine } from 'veristamp/wasm'
import { byKind, type FileKind } from '../core/file-kind.ts'
import { isSameRoot, readSetup, type Setup } from '../core/setup.ts'
import { hashOf } from '../core/slices.ts'
import { bringSlices } from './bring-slices.ts'
import { type Checked, type CodeFound, check, withCode } from './check.ts'
import { entryOf, type History, openHistory } from './history.ts'
import { type FileName, type Keep, openKeep } from './keep.ts'
import { type Lists, type LoadOutcome, openLists } from './lists.ts'
import { type Memory, openMemory } from './memory.ts'
import { type Notes, nameOf, openNotes } from './notes.ts'
import { isOwn, keepFresh, type Refresh } from './refresh.ts'
import { openRemarks, type Remarks } from './remarks.ts'
import { sendLogs } from './send-logs.ts'
import { sliceKeepOf } from './slice-keep.ts'
import { type UntilWhole, untilWhole } from './until-whole.ts'
import type { Upload } from './upload.ts'

export interface Scan {
  readonly checked: Checked
  /** Names this scan in the history. */
  readonly entry: number
  /** Settles when the scan is on disk. The answer does not wait for it: a full disk changes no verdict. */
  readonly saved: Promise<unknown>
}

/** Opens the kiosk as it was left. */
export async function openKiosk(): Promise<Kiosk> {
  const [keep, engine, store] = await Promise.all([
    openKeep(),
    // Where WebAssembly does not run, the library's own engine gives the same answers, only later.
    loadEngine().catch(() => undefined),
    // Without a store it works on, and says that older lists can't be told.
    openIndexedDbStore().catch(() => undefined),
  ])
  const [history, notes] = await Promise.all([openHistory(keep), openNotes(keep)])
  const kiosk = new Kiosk({ keep, engine, store, history, notes })
  await kiosk.reopen()
  return kiosk
}

interface Parts {
  readonly keep: Keep
  readonly engine: Engine | undefined
  readonly store: IndexedDbStore | undefined
  readonly history: History
  readonly notes: Notes
}

/** An authority whose stamps this kiosk checks. */
export interface Authority {
  readonly setup: Setup
  readonly lists: Lists
}

/** All that the kiosk is, without its screen. */
export class Kiosk {
  readonly #parts: Parts
  #authorities: readonly Authority[] = []
  #memory: Memory | undefined
  #verifier: Verifier | undefined
  #refresh: Refresh | undefined
  #slices: UntilWhole | undefined
  #uploads: ReadonlyMap<string, Upload> = new Map()
  readonly keep: Keep
  readonly history: History
  /** What inspectors write beside checks. */
  readonly remarks: Remarks
  /** Called when lists came by themselves. */
  onLists: (() => void) | undefined

  constructor(parts: Parts) {
    this.#parts = parts
    this.keep = parts.keep
    this.history = parts.history
    this.remarks = openRemarks(parts.history, parts.keep)
  }

  get authorities(): readonly Authority[] {
    return this.#authorities
  }

  /** What this kiosk was set up with first: it names the place. */
  get setup(): Setup | undefined {
    return this.#authorities[0]?.setup
  }

  get memory(): Memory | undefined {
    return this.#memory
  }

  get refresh(): Refresh | undefined {
    return this.#refresh
  }

  /** How this kiosk's log is sent, by authority; none for one without a server of its own here. */
  get uploads(): ReadonlyMap<string, Upload> {
    return this.#uploads
  }

  /** True for a product of a catalogue that has a picture. */
  isPictured(product: number): boolean {
    return this.#authorities.some(({ lists }) => lists.trustList?.product(product)?.image !== undefined)
  }

  /** True once there is a trust list. */
  get isReady(): boolean {
    return this.#verifier !== undefined
  }

  async reopen(): Promise<void> {
    const { keep } = this.#parts
    const names = (await keep.names()).filter((name) => name === 'setup' || name.startsWith('setup:'))
    for (const name of names.sort()) {
      const file = await keep.get(name as FileName)
      if (file !== undefined) await this.#pin(file, name.slice('setup'.length))
    }
    this.#askServers()
  }

  /** Pins an authority: once, until everything is forgotten. */
  async setUp(file: Uint8Array): Promise<void> {
    const setup = readSetup(file)
    if (setup === undefined) throw new Error('this is no set-up file')
    if (this.#authorities.some((each) => each.setup.authority === setup.authority))
      throw new Error('this authority is set up already')
    const suffix = this.#authorities.length === 0 ? '' : `:${setup.authority}`
    await this.#pin(file, suffix)
    await this.#parts.keep.put(`setup${suffix}` as FileName, file)
    this.#askServers()
  }

  /** Takes another place or another address of the lists for an authority that is set up; its keys have to be the same. */
  async changeSetUp(file: Uint8Array): Promise<void> {
    const setup = readSetup(file)
    const at = this.#authorities.findIndex((each) => each.setup.authority === setup?.authority)
    const before = this.#authorities[at]?.setup
    if (setup === undefined || before === undefined || !isSameRoot(before, setup))
      throw new Error('this is no set-up of an authority that is set up already')
    await this.#parts.keep.put(`setup${at === 0 ? '' : `:${setup.authority}`}` as FileName, file)
    await this.#memory?.log.flush()
    this.#authorities = []
    this.#memory = undefined
    await this.reopen()
  }

  async #pin(file: Uint8Array, suffix: string): Promise<void> {
    const { keep, engine, store } = this.#parts
    const setup = readSetup(file)
    if (setup === undefined) throw new Error('this is no set-up file')
    const lists = await openLists({
      ...{ setup, engine, store },
      keep: {
        get: (name) => keep.get(`${name}${suffix}` as FileName),
        put: (name, bytes) => keep.put(`${name}${suffix}` as FileName, bytes),
        drop: (name) => keep.drop(`${name}${suffix}` as FileName),
      },
      slices: sliceKeepOf(keep, suffix),
    })
    this.#memory ??= await openMemory(setup, engine, keep)
    this.#authorities = [...this.#authorities, { setup, lists }]
    this.#useLists()
  }

  #askServers(): void {
    this.#refresh?.stop()
    this.#slices?.stop()
    const slices = untilWhole(() => this.#bringSlices())
    this.#slices = slices
    const setups = this.#authorities.map(({ setup }) => setup)
    this.#refresh = keepFresh(setups, this.#parts.engine, async (files) => {
      await this.load(files)
      this.onLists?.()
      await slices.now()
    })
    for (const upload of this.#uploads.values()) upload.stop()
    this.#uploads = sendLogs(setups, this.#memory, this.#parts.keep)
  }

  /** @returns whether all slices are here that a server could have */
  async #bringSlices(): Promise<boolean> {
    const lacking = this.#authorities.filter(({ setup, lists }) => isOwn(setup) && lists.missing.length > 0)
    if (lacking.length === 0) return true
    const whole = await Promise.all(
      lacking.map(({ setup, lists }) =>
        bringSlices(lists, setup.lists!, this.#refresh?.index(setup.authority)),
      ),
    )
    this.#useLists()
    this.onLists?.()
    return whole.every((each) => each)
  }

  #sendLater(): void {
    for (const upload of this.#uploads.values()) upload.changed()
  }

  /** Makes the verifier of all lists that are here. */
  #useLists(): void {
    const all = this.#authorities.map(({ lists }) => lists)
    const trustLists = all.flatMap(({ trustList }) => trustList ?? [])
    const revocationLists = all.flatMap(({ revocationList }) => revocationList ?? [])
    if (trustLists.length === 0) return
    this.#verifier = createVerifier({ trustLists, revocationLists })
    this.#memory?.useTrustLists(trustLists)
  }

  /** Loads files in the order in which they need each other. */
  async load(files: readonly Uint8Array[]): Promise<readonly LoadOutcome[]> {
    const outcomes: LoadOutcome[] = []
    for (const [kind, some] of byKind(files)) outcomes.push(...(await this.#loadKind(kind, some)))
    if (outcomes.some(({ added }) => added)) await this.#lookBack()
    return outcomes
  }

  async #loadKind(kind: FileKind, files: readonly Uint8Array[]): Promise<readonly LoadOutcome[]> {
    if (kind === 'slice') return this.#loadSlices(files)
    const outcomes: LoadOutcome[] = []
    for (const file of files) outcomes.push({ ...(await this.#loadOne(kind, file)), file })
    if (kind !== 'scans' && outcomes.some(({ ok }) => ok)) await this.#tidy()
    return outcomes
  }

  async #loadOne(kind: FileKind, bytes: Uint8Array): Promise<LoadOutcome> {
    if (this.#memory === undefined) return { kind, ok: false, reason: 'setup_first' }
    if (kind === 'setup') return { kind, ok: false, reason: 'setup_exists' }
    if (kind === 'scans') return this.#memory.merge(bytes, new Date())
    let refused: LoadOutcome | undefined
    for (const { lists } of this.#authorities) {
      const outcome = await lists.load(bytes)
      if (outcome.ok) return outcome
      // A list belongs to one authority: what the others say of it is that it is not theirs.
      if (refused === undefined || refused.reason === 'wrong_authority') refused = outcome
    }
    return refused?.reason === 'threshold' ? { ...refused, reason: 'other_roots' } : refused!
  }

  /** Loads slices, all at once: there may be hundreds. */
  async #loadSlices(files: readonly Uint8Array[]): Promise<readonly LoadOutcome[]> {
    const kind = 'slice'
    const others = new Map(files.map((bytes) => [hashOf(bytes), bytes]))
    const outcomes: LoadOutcome[] = []
    for (const { lists } of this.#authorities) {
      const { names, reason } = await lists.loadSlices(others)
      for (const name of names) others.delete(name)
      if (names.length > 0)
        outcomes.push({ kind, ok: reason === undefined, count: names.length, ...(reason && { reason }) })
    }
    if (others.size > 0) outcomes.push({ kind, ok: false, count: others.size, reason: 'no_list_names_it' })
    if (outcomes.some(({ ok }) => ok)) await this.#tidy()
    return outcomes
  }

  async #tidy(): Promise<void> {
    for (const { lists } of this.#authorities) await lists.tidySlices()
    this.#useLists()
  }

  /** What a log that came later says of stamps that were scanned here before. */
  async #lookBack(): Promise<void> {
    for (const { id, text, tone, undone } of this.history.entries()) {
      if (text === undefined || tone !== 'good' || undone) continue
      const { answer } = this.look(text, new Date())!
      if (answer.tone === 'copy') await this.history.change(id, { ...answer, later: true })
    }
  }

  /** Says what a text is, and remembers nothing. @returns undefined where no lists are loaded */
  verify(text: string, now: Date): Verdict | undefined {
    return this.#verifier?.verify(text, { now })
  }

  /** All that is known of a stamp that is still in sight: no new scan of it. */
  look(text: string, now: Date): Checked | undefined {
    return this.#check(text, now, false)
  }

  /** Checks a stamp and remembers it. @returns undefined where no lists are loaded */
  check(text: string, now: Date): Scan | undefined {
    const checked = this.#check(text, now, true)
    if (checked === undefined) return undefined
    const { id: entry, saved } = this.history.add(entryOf(checked, now))
    this.#sendLater()
    return { checked, entry, saved: Promise.all([saved, this.#memory!.log.flush()]) }
  }

  #check(text: string, now: Date, remembers: boolean): Checked | undefined {
    if (this.#verifier === undefined) return undefined
    const knowledge = { verifier: this.#verifier, log: this.#memory!.log, notes: this.#parts.notes }
    return check(text, knowledge, now, remembers)
  }

  /**
   * Writes down what came of a scanned stamp's hidden code. Only one that was wrong twice the same is noted of the stamp
   * itself: people mistype.
   */
  async foundCode({ checked, entry }: Scan, code: CodeFound, now: Date): Promise<Checked> {
    const { verdict } = checked
    if (verdict.status !== 'valid') return checked
    const name = nameOf(verdict.authority, verdict.stamp)
    const found = withCode(checked, code)
    await this.history.change(entry, { ...found.answer, code })
    if (code === 'wrong') await this.#parts.notes.note(name, now)
    return found
  }

  /** Takes back a scan that was a mistake. */
  async undo(id: number): Promise<void> {
    const scan = this.history.entries().find((entry) => entry.id === id)?.scan
    if (scan !== undefined) this.memory?.log.undo(scan)
    await this.memory?.log.flush()
    await this.history.undo(id)
    this.#sendLater()
  }
}
