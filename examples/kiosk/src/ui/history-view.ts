import { h } from '../../../shared/dom.ts'
import { run } from '../../../shared/run.ts'
import { shapeOf } from '../../../shared/shapes.ts'
import { daysOf, type TableOptions, tableOf } from '../core/report.ts'
import { whyOf } from '../core/why.ts'
import { reportOfDay } from '../kiosk/day-report.ts'
import type { HistoryEntry } from '../kiosk/history.ts'
import type { App } from './app.ts'
import { writeDay, writeTime } from './app.ts'
import { mayOperate } from './dialogs.ts'
import { openEntry } from './entry-dialog.ts'
import { remarkView } from './remark-view.ts'
import { inFileName, saveFile } from './save.ts'
import { settings } from './settings.ts'

/** So many are drawn at a time. */
const SHOWN = 100

/** The last scans, with undo; and what an inspector hands in of them. */
export function historyView(app: App): HTMLElement {
  const { kiosk, words } = app
  const entries = kiosk.history.entries()
  const list = h('ol', { class: 'history' })
  const more = h(
    'button',
    { type: 'button', class: 'quiet more', onclick: () => showMore() },
    words.history.more,
  )
  function showMore(): void {
    const from = list.childElementCount
    list.append(...entries.slice(from, from + SHOWN).map((entry) => entryView(entry, app)))
    more.hidden = list.childElementCount >= entries.length
  }
  showMore()
  return h(
    'section',
    { class: 'panel' },
    h('h1', {}, words.tabs.history),
    h('p', { class: 'hint' }, entries.length === 0 ? words.history.empty : words.history.why),
    entries.length > 0 && exportView(app),
    list,
    more,
  )
}

function entryView(entry: HistoryEntry, app: App): HTMLElement {
  const { kiosk, words, language, refresh } = app
  const { id, time, tone, word, product, serial, undone, later } = entry
  const what = [product, serial].filter((each) => each !== undefined).join(' · ')
  const canOpen = entry.text !== undefined && kiosk.isReady
  const why = whyOf(entry, words, language, (day) => writeDay(day, language))
  const undo = () =>
    run(async () => {
      if (!(await mayOperate(app)) || !window.confirm(words.history.undoSure(what))) return
      await kiosk.undo(id)
      refresh()
    })
  const badge = h('span', { class: 'badge' }, shapeOf(tone), words.answers[word])
  const line = h(
    'li',
    { class: `entry ${tone} ${undone ? 'undone' : ''}` },
    canOpen
      ? h(
          'button',
          {
            type: 'button',
            class: 'open',
            'aria-label': `${words.answers[word]}: ${what}`,
            onclick: () => openEntry(entry, app, line),
          },
          badge,
        )
      : badge,
    h(
      'span',
      { class: 'what' },
      what,
      why !== '' && h('span', { class: 'why' }, why),
      later && h('span', { class: 'later' }, words.history.later),
    ),
    h('time', { datetime: new Date(time).toISOString() }, writeTime(time, language)),
    undone
      ? h('span', { class: 'undone-note' }, words.history.undone)
      : h(
          'button',
          { type: 'button', class: 'quiet', onclick: undo, 'aria-label': `${words.history.undo}: ${what}` },
          words.history.undo,
        ),
    settings.inspector && remarkLine(entry, app),
  )
  return line
}

/** What was written beside a check, and a way to write more. */
function remarkLine({ id }: HistoryEntry, app: App): HTMLElement {
  const { note, spot, position, hasPhoto } = app.kiosk.remarks.of(id)
  const said = [spot, position, note, hasPhoto && app.words.remarks.withPhoto].filter(Boolean).join(' · ')
  const details = h(
    'details',
    {
      class: 'remark-line',
      ontoggle: () => {
        if (details.open && details.childElementCount === 1) details.append(remarkView(id, app))
      },
    },
    h('summary', {}, said || app.words.remarks.add),
  )
  return details
}

/** The table of all checks; for inspectors also a day's report with its photos, signed. */
function exportView(app: App): HTMLElement {
  const { kiosk, words, language } = app
  const place = inFileName(kiosk.setup!.place)
  const today = new Date().toISOString().slice(0, 10)
  const options = (): TableOptions => ({
    words,
    language,
    place: kiosk.setup!.place,
    by: settings.inspectorName,
  })
  const saveTable = () => saveFile(`${place}-${today}.csv`, tableOf(kiosk.history.entries(), options()))
  const table = h('button', { type: 'button', class: 'quiet', onclick: saveTable }, words.history.export)
  if (!settings.inspector) return h('div', { class: 'row' }, table)
  const days = daysOf(kiosk.history.entries())
  const day = h(
    'select',
    { id: 'report-day' },
    ...days.map((each) => h('option', { value: each }, writeDay(each, language))),
  )
  const saveReport = () =>
    run(async () =>
      saveFile(
        `${place}-${day.value}.zip`,
        await reportOfDay(
          kiosk,
          { ...options(), day: day.value, folder: `${place}-${day.value}` },
          new Date(),
        ),
      ),
    )
  const by = h('input', {
    ...{ id: 'report-by', maxlength: '100', autocomplete: 'off' },
    oninput: () => {
      settings.inspectorName = by.value
    },
  })
  by.value = settings.inspectorName
  return h(
    'div',
    { class: 'card day-report' },
    h('h2', {}, words.remarks.report),
    h('label', { for: 'report-by' }, words.remarks.by),
    by,
    h('label', { for: 'report-day' }, words.remarks.day),
    h('div', { class: 'row' }, day, h('button', { type: 'button', onclick: saveReport }, words.remarks.save)),
    h(
      'p',
      { class: 'hint' },
      kiosk.memory?.publicKey === undefined ? words.remarks.unsigned : words.remarks.reportHint,
    ),
    table,
  )
}
