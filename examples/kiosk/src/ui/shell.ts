import { createRepeatGuard } from '../core/repeat.ts'
import { type Reading, textsOf } from '../core/wedge.ts'
import type { Language, Words } from '../core/words.ts'
import type { Kiosk } from '../kiosk/kiosk.ts'
import type { Decoder } from '../scan/decoder.ts'
import { listenToScanner } from '../scan/keyboard.ts'
import { type App, WORDS } from './app.ts'
import { type Child, h, run } from './dom.ts'
import { historyView } from './history-view.ts'
import { listsView } from './lists-view.ts'
import { type ScanView, scanView } from './scan-view.ts'
import { scannerView, showLayout } from './scanner-view.ts'
import { setupView } from './setup-view.ts'
import { play } from './sound.ts'
import { statusBar } from './status-bar.ts'

type Tab = keyof Words['tabs']

const TABS: readonly Tab[] = ['scan', 'history', 'lists', 'scanner']
/** An answer goes after this long, so that nobody takes it for the next product's. */
const ANSWER_STAYS = 30_000
const MINUTE = 60_000

/** Draws the page and binds scans to it. */
export function openShell(kiosk: Kiosk, decoder: Decoder, root: HTMLElement): void {
  let language: Language = localStorage.getItem('language') === 'en' ? 'en' : 'vi'
  let isLoud = localStorage.getItem('sound') !== 'off'
  let tab: Tab = 'scan'
  let view: ScanView | undefined
  let leaving: number | undefined
  const guard = createRepeatGuard()

  function checkTexts(texts: readonly string[]): void {
    if (view?.takesHiddenCode(texts)) return
    const scan = kiosk.check(texts, new Date())
    if (scan === undefined) return
    const { checked, saved } = scan
    run(() => saved)
    if (tab !== 'scan') show('scan')
    view?.show(checked)
    renewStatus()
    if (isLoud) play(checked.answer.tone)
    window.clearTimeout(leaving)
    leaving = window.setTimeout(leave, ANSWER_STAYS)
  }
  function leave(): void {
    // Somebody may be typing a hidden code.
    if (document.activeElement instanceof HTMLInputElement) leaving = window.setTimeout(leave, ANSWER_STAYS)
    else view?.showReady()
  }
  function onTexts(texts: readonly string[], source: 'camera' | 'picture'): void {
    const [nearest] = texts
    if (nearest === undefined) return
    if (source === 'picture' || guard.isNew(nearest, performance.now())) checkTexts([nearest])
  }
  function onScan(reading: Reading): void {
    if (tab === 'scanner') showLayout(reading, WORDS[language])
    else checkTexts(textsOf(reading))
  }

  function show(next: Tab): void {
    view?.stopCamera()
    tab = next
    draw()
  }
  function draw(): void {
    const app: App = { kiosk, decoder, language, words: WORDS[language], refresh: draw }
    document.documentElement.lang = language
    document.title = app.words.title
    view?.stopCamera()
    view = undefined
    root.replaceChildren(header(app), h('main', {}, body(app)))
  }
  function body(app: App): HTMLElement {
    if (kiosk.setup === undefined) return setupView(app)
    if (tab === 'history') return historyView(app)
    if (tab === 'lists') return listsView(app)
    if (tab === 'scanner') return scannerView(app)
    view = scanView(app, onTexts)
    if (localStorage.getItem('camera') === 'on') run(view.startCamera)
    return view.element
  }

  const header = (app: App): HTMLElement =>
    h(
      'header',
      {},
      h('span', { class: 'title' }, app.words.title),
      kiosk.setup !== undefined && h('nav', {}, ...TABS.map((each) => tabButton(each, app.words))),
      statusBar(kiosk.lists, app.words, new Date()),
      soundSwitch(app.words),
      h(
        'button',
        { type: 'button', class: 'language', lang: otherLanguage(), onclick: switchLanguage },
        app.words.language,
      ),
    )
  const tabButton = (each: Tab, words: Words): Child =>
    h(
      'button',
      { type: 'button', 'aria-current': each === tab ? 'page' : undefined, onclick: () => show(each) },
      words.tabs[each],
    )
  function soundSwitch(words: Words): HTMLElement {
    const box = h('input', { type: 'checkbox', checked: isLoud })
    box.addEventListener('change', () => {
      isLoud = box.checked
      localStorage.setItem('sound', isLoud ? 'on' : 'off')
    })
    return h('label', { class: 'sound' }, box, words.sound)
  }
  const otherLanguage = (): Language => (language === 'vi' ? 'en' : 'vi')
  function switchLanguage(): void {
    language = otherLanguage()
    localStorage.setItem('language', language)
    draw()
  }

  function renewStatus(): void {
    root.querySelector('.status')?.replaceWith(statusBar(kiosk.lists, WORDS[language], new Date()))
  }

  draw()
  listenToScanner(document, onScan)
  window.setInterval(renewStatus, MINUTE)
}
