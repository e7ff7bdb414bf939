import { run } from '../../../shared/run.ts'
import { gravestFirst } from '../core/answer.ts'
import type { Checked, CodeFound } from '../kiosk/check.ts'
import type { Scan } from '../kiosk/kiosk.ts'
import { mayOperate } from './dialogs.ts'
import type { Page } from './page.ts'
import { settings } from './settings.ts'
import { play } from './sound.ts'
import { inUse } from './use.ts'

/** An answer goes after this long without a touch, so that nobody takes it for the next product's. */
const ANSWER_STAYS = 30_000
/** A list of many answers takes longer to read. */
const LIST_STAYS = 120_000
/** So long after the last letter somebody may still be writing. */
const WRITING = 120_000

/** Checks stamps, writes them down, and shows what came of them. */
export class Answers {
  readonly #page: Page
  #scan: Scan | undefined
  /** The answers of a picture with several stamps, while one of them or their list is shown. */
  #several: readonly Scan[] = []
  /** The stamp in sight that somebody has put away with "next". */
  #dismissed: string | undefined
  #leaving: number | undefined

  constructor(page: Page) {
    this.#page = page
    inUse.onUse(() => this.#leaving !== undefined && this.#leaveLater())
  }

  check(text: string): void {
    const scan = this.#remember(text)
    if (scan === undefined) return
    this.#page.toScan()
    this.#several = []
    this.#present(scan)
    this.#signal([scan.checked])
  }

  /** Checks all stamps of a picture. */
  checkSeveral(stamps: readonly string[]): void {
    const scans = stamps.flatMap((text) => this.#remember(text) ?? [])
    this.#page.toScan()
    this.#several = gravestFirst(scans, ({ checked }) => checked.answer.tone)
    this.#list()
    this.#signal(scans.map(({ checked }) => checked))
  }

  /** A stamp is still in sight: it keeps its answer, and one that somebody put away is asked for with a touch. */
  keep(text: string): void {
    const { view } = this.#page
    if (view?.shown?.text === text) this.#leaveLater()
    else if (view?.isReady && text !== this.#dismissed) this.#look(text)
  }

  /** Somebody asks for the stamp in sight again: the next frame answers it. */
  again(): void {
    this.#dismissed = undefined
  }

  next(): void {
    this.#dismissed = this.#scan?.checked.text
    this.#stay()
  }

  /** Something else is in sight, or was read: the answer on the screen is not that one's. */
  makeWay(): void {
    this.#stay()
    this.#page.view?.showReady()
  }

  /** A reading came to nothing: it is asked for once more, large, for whoever looks at the goods. */
  askAgain(): void {
    this.#page.view?.showReady(this.#page.app.words.scanAgain)
    this.#leaveLater()
  }

  async undo(): Promise<void> {
    const { app, view } = this.#page
    if (this.#scan === undefined || !(await mayOperate(app))) return
    await app.kiosk.undo(this.#scan.entry)
    this.next()
    view?.showReady()
  }

  /** More is known of the answered stamp's hidden code. */
  async onHiddenCode(code: CodeFound): Promise<void> {
    const scan = this.#scan
    if (scan === undefined) return
    const found = this.#page.app.kiosk.foundCode(scan, code, new Date())
    const saving = this.#page.whileSaving(found)
    const checked = await found
    await saving
    if (this.#scan !== scan) return
    this.#scan = { ...scan, checked }
    this.#several = this.#several.map((each) => (each === scan ? this.#scan! : each))
    this.#show()
    this.#signal([checked])
  }

  /** Checks a stamp, and writes it down. */
  #remember(text: string): Scan | undefined {
    const scan = this.#page.app.kiosk.check(text, new Date())
    if (scan !== undefined) run(() => this.#page.whileSaving(scan.saved))
    return scan
  }

  #present(scan: Scan): void {
    this.#scan = scan
    this.#dismissed = undefined
    this.#page.silence()
    this.#show()
    this.#page.renewStatus()
  }

  #show(): void {
    const toList = this.#several.length > 0 ? () => this.#list() : undefined
    this.#page.view?.show(this.#scan!, toList)
    this.#leaveLater()
  }

  #list(): void {
    this.#page.view?.showSeveral(
      this.#several.map(({ checked }) => checked),
      (picked) => this.#present(this.#several.find(({ checked }) => checked === picked)!),
    )
    this.#leaveLater()
  }

  /** Answers again for a stamp that never left: no new scan of it. */
  #look(text: string): void {
    const checked = this.#page.app.kiosk.look(text, new Date())
    if (checked === undefined) return
    const scan = this.#scan?.checked.text === text ? this.#scan : undefined
    if (scan !== undefined && scan.checked.code === undefined) this.#scan = { ...scan, checked }
    this.#page.view?.show(scan === undefined ? { checked } : this.#scan!)
    this.#leaveLater()
  }

  #signal(all: readonly Checked[]): void {
    const [gravest] = gravestFirst(all, ({ answer }) => answer.tone)
    if (gravest !== undefined) play(gravest.answer.tone, settings.sound)
  }

  #stay(): void {
    window.clearTimeout(this.#leaving)
    this.#leaving = undefined
  }

  #leaveLater(): void {
    this.#stay()
    const isList = this.#page.view?.isList ?? false
    this.#leaving = window.setTimeout(() => this.#leave(), isList ? LIST_STAYS : ANSWER_STAYS)
  }

  #leave(): void {
    // Somebody may be typing a hidden code or a note, or taking a photo with another app.
    if (inUse.isTyping(WRITING) || (settings.inspector && document.hidden)) this.#leaveLater()
    else this.makeWay()
  }
}
