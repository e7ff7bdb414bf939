import { h } from '../../../shared/dom.ts'
import { filePicker } from '../../../shared/parts.ts'
import { run } from '../../../shared/run.ts'
import type { SeenCode } from '../../../shared/scan/decoder.ts'
import { shapeOf } from '../../../shared/shapes.ts'
import type { Word } from '../core/answer.ts'
import type { Checked, CodeFound } from '../kiosk/check.ts'
import { answerView } from './answer-view.ts'
import type { App } from './app.ts'
import { Eye } from './eye.ts'
import { type HiddenView, hiddenView } from './hidden-view.ts'
import { icon } from './icons.ts'
import { remarkView } from './remark-view.ts'
import { settings } from './settings.ts'

export interface ScanHandlers {
  /** @returns the code to outline */
  onCodes(codes: readonly SeenCode[]): SeenCode | undefined
  /** Somebody asks for the stamp in sight again. */
  onAgain(): void
  onPicture(file: File): Promise<void>
  onType(): Promise<void>
  /** More is known of the answered stamp's hidden code. */
  onCode(code: CodeFound): void
  onNext(): void
  onUndo(): Promise<void>
}

export interface Shown {
  readonly checked: Checked
  readonly entry?: number
}

/** The main screen: the camera, and the answer as a sheet over it. */
export class ScanView {
  readonly element: HTMLElement
  readonly eye: Eye
  readonly #app: App
  readonly #handlers: ScanHandlers
  readonly #place = h('div', { class: 'answer-place', 'aria-live': 'assertive', tabindex: '-1' })
  #hidden: HiddenView | undefined
  #shown: Checked | undefined

  constructor(app: App, handlers: ScanHandlers) {
    this.#app = app
    this.#handlers = handlers
    const { decoder, words } = app
    this.eye = new Eye({
      decoder,
      words,
      onCodes: (codes) => handlers.onCodes(codes),
      onTouch: () => handlers.onAgain(),
    })
    this.element = h('div', { class: 'scan' }, this.eye.element, this.#place)
    this.showReady()
  }

  /** What is on the screen; undefined where there is no answer. */
  get shown(): Checked | undefined {
    return this.#shown
  }

  /** True where the screen waits for a stamp. */
  get isReady(): boolean {
    return !this.element.classList.contains('answered')
  }

  /** True where there is a list of answers. */
  get isList(): boolean {
    return this.#place.querySelector('.several') !== null
  }

  /** Waits for a stamp. @param said what is said instead of that, large */
  showReady(said = this.#app.words.ready): void {
    const { kiosk, words } = this.#app
    this.#shown = undefined
    this.#hidden = undefined
    this.element.classList.remove('answered')
    const hint = kiosk.isReady ? words.readyHint : words.noLists
    const picture = filePicker(words.camera.picture, { accept: 'image/*,.heic,.pdf' }, ([file]) =>
      run(async () => file && this.#handlers.onPicture(file)),
    )
    picture.prepend(icon('picture'))
    const type = () => run(() => this.#handlers.onType())
    this.#place.replaceChildren(
      h(
        'section',
        { class: said === words.ready ? 'answer ready' : 'answer ready again' },
        h('h1', { class: 'word' }, said),
        h('p', {}, hint),
        h(
          'div',
          { class: 'sources row' },
          picture,
          h('button', { type: 'button', onclick: type }, icon('type'), words.type.open),
        ),
      ),
    )
  }

  /**
   * Shows an answer, or shows it anew.
   * @param toList goes back to the list that it stands in
   */
  show({ checked, entry }: Shown, toList?: () => void): void {
    const { kiosk, words, language } = this.#app
    const answer = answerView(checked, kiosk.setup!.place, words, language)
    const typed = this.#shown?.text === checked.text ? this.#hidden?.known : undefined
    this.#shown = checked
    const hidden = hiddenView(checked, words, (code) => this.#handlers.onCode(code), typed)
    this.#hidden = hidden
    if (hidden !== undefined) {
      answer.cards.append(hidden.element)
      if (checked.code !== 'right') answer.said.append(this.#toHidden(hidden))
    }
    if (settings.inspector && entry !== undefined) answer.cards.append(remarkView(entry, this.#app))
    answer.element.append(this.#actions(toList))
    this.#open(answer.element)
    answer.said.querySelector('.code-right')?.scrollIntoView({ block: 'nearest' })
  }

  /** The field stands below what a phone shows at first. */
  #toHidden(hidden: HiddenView): HTMLElement {
    return h(
      'button',
      { type: 'button', class: 'to-hidden', onclick: () => hidden.open() },
      this.#app.words.hidden.open,
    )
  }

  /** Lists the answers of a picture with several stamps, in this order. @param onPick shows one of them */
  showSeveral(all: readonly Checked[], onPick: (checked: Checked) => void): void {
    const { words } = this.#app
    this.#shown = undefined
    this.#hidden = undefined
    const line = (checked: Checked): HTMLElement => {
      const { answer, verdict } = checked
      const what = [verdict.product?.name, verdict.stamp?.serial].filter((each) => each !== undefined)
      return h(
        'li',
        {},
        h(
          'button',
          { type: 'button', class: `entry ${answer.tone}`, onclick: () => onPick(checked) },
          h('span', { class: 'badge' }, shapeOf(answer.tone), words.answers[answer.word]),
          h('span', { class: 'what' }, what.join(' · ')),
        ),
      )
    }
    const list = h('ul', { class: 'several' }, ...all.map(line))
    const counts = new Map<Word, number>()
    for (const { answer } of all) counts.set(answer.word, (counts.get(answer.word) ?? 0) + 1)
    const counted = [...counts].map(([word, count]) => `${count} ${words.answers[word].toLowerCase()}`)
    const heading = h('h1', { class: 'count' }, `${words.several(all.length)}: ${counted.join(', ')}`)
    const scroll = h('div', { class: 'scroll', tabindex: '0' }, heading, list)
    this.#open(h('section', { class: 'answer list' }, scroll, this.#next()))
  }

  /** True where a scan was the hidden code of the stamp on the screen. */
  takesHiddenCode(texts: readonly string[]): boolean {
    return this.#hidden?.offer(texts) ?? false
  }

  #open(answer: HTMLElement): void {
    this.element.classList.add('answered')
    this.#place.replaceChildren(answer)
    // Away from buttons, which the next scan must not press.
    this.#place.focus({ preventScroll: true })
  }

  #next(): HTMLElement {
    const onclick = (): void => {
      this.showReady()
      this.#handlers.onNext()
    }
    return h(
      'div',
      { class: 'actions' },
      h('button', { type: 'button', class: 'next', onclick }, this.#app.words.next),
    )
  }

  #actions(toList?: () => void): HTMLElement {
    const { words } = this.#app
    const actions = this.#next()
    const onclick = () => run(() => this.#handlers.onUndo())
    actions.prepend(h('button', { type: 'button', class: 'quiet undo', onclick }, words.undo))
    if (toList !== undefined)
      actions.prepend(h('button', { type: 'button', class: 'quiet', onclick: toList }, words.toList))
    return actions
  }
}
