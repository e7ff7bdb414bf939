import { h } from '../../../shared/dom.ts'
import { withCode } from '../kiosk/check.ts'
import type { HistoryEntry } from '../kiosk/history.ts'
import { answerView } from './answer-view.ts'
import { type App, writeTime } from './app.ts'

/**
 * Opens the stamp of a line of the history: its answer as the kiosk gives it now, and what it was then. No new scan of it.
 * @param place where the dialog is put: a new scan draws the page anew, and the dialog goes with it
 */
export function openEntry({ text, time, word, code }: HistoryEntry, app: App, place: HTMLElement): void {
  const { kiosk, words, language } = app
  const looked = text === undefined ? undefined : kiosk.look(text, new Date())
  if (looked === undefined) return
  const checked = code === undefined ? looked : withCode(looked, code)
  const answer = answerView(checked, kiosk.setup!.place, words, language)
  const atScan = words.history.atScan(writeTime(time, language), words.answers[word])
  answer.cards.prepend(h('p', { class: 'card then' }, atScan))
  const close = h(
    'button',
    { type: 'button', class: 'next', onclick: () => dialog.close() },
    words.history.close,
  )
  answer.element.append(h('div', { class: 'actions' }, close))
  const dialog = h(
    'dialog',
    { class: 'opened', 'aria-label': words.answers[checked.answer.word], onclose: () => dialog.remove() },
    answer.element,
  )
  place.append(dialog)
  dialog.showModal()
  close.focus()
}
