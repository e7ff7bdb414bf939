import type { HistoryEntry } from '../kiosk/history.ts'
import type { App } from './app.ts'
import { writeTime } from './app.ts'
import { h, run } from './dom.ts'
import { shapeOf } from './shapes.ts'

/** The last scans, with undo. */
export function historyView(app: App): HTMLElement {
  const { kiosk, words } = app
  const entries = kiosk.history.entries()
  return h(
    'section',
    { class: 'panel' },
    h('h1', {}, words.tabs.history),
    entries.length === 0 ? h('p', {}, words.history.empty) : h('p', {}, words.history.why),
    h('ol', { class: 'history' }, ...entries.map((entry) => entryView(entry, app))),
  )
}

function entryView(entry: HistoryEntry, { kiosk, words, language, refresh }: App): HTMLElement {
  const { id, time, tone, word, product, serial, undone } = entry
  const undo = () => run(() => kiosk.undo(id).then(refresh))
  const what = [product, serial].filter((each) => each !== undefined).join(' · ')
  return h(
    'li',
    { class: `entry ${tone} ${undone ? 'undone' : ''}` },
    h('span', { class: 'badge' }, shapeOf(tone), words.answers[word]),
    h('span', { class: 'what' }, what),
    h('time', { datetime: new Date(time).toISOString() }, writeTime(time, language)),
    undone
      ? h('span', { class: 'undone-note' }, words.history.undone)
      : h(
          'button',
          { type: 'button', onclick: undo, 'aria-label': `${words.history.undo}: ${what}` },
          words.history.undo,
        ),
  )
}
