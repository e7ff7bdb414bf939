import { type Language, type Signed, tidyScan, type Verdict } from 'veristamp/verify'
import { h } from '../../shared/dom.ts'
import { typeCode } from '../../shared/hidden-code.ts'
import { isStamp } from '../../shared/is-stamp.ts'
import { typed } from './config.ts'
import { contactsOf } from './contacts.ts'
import { LANGUAGE_KEY } from './language.ts'
import more from './more.css?url'
import type { Answered, Page } from './page.ts'
import { goodsCard } from './parts/goods.ts'
import { hiddenCard } from './parts/hidden-card.ts'
import { homePanel, meaningsCard } from './parts/home.ts'
import { addressNotice, freshnessNote } from './parts/notices.ts'
import { reportCard } from './parts/report-card.ts'
import { en } from './words/card-words-en.ts'
import { vi } from './words/card-words-vi.ts'
import type { CardWords } from './words/words.ts'

const WORDS: Readonly<Record<Language, CardWords>> = { vi, en }

/** The look of all this, and the type family: they come after the answer too. */
const look = new Promise<void>((resolve) => {
  const link = h('link', { rel: 'stylesheet', href: more, onload: () => resolve(), onerror: () => resolve() })
  document.head.append(link)
})

/** What stands below an answer; without one, the page that people reach who type its address. */
export async function drawMore(page: Page, answered?: Answered): Promise<Node[]> {
  await look
  const words = WORDS[page.language]
  document.querySelector('.privacy')!.textContent = words.privacy
  document.querySelector('.language')!.replaceChildren(languageButton(page, words))
  if (answered !== undefined) return [cardsOf(page, answered, words)]
  return [
    homePanel(words, scanButton(page, words.scan.start, words)),
    h('div', { class: 'cards' }, meaningsCard(words, page.words)),
  ]
}

function languageButton(page: Page, { otherLanguage }: CardWords): HTMLElement {
  const lang = page.language === 'vi' ? 'en' : 'vi'
  const onclick = async (): Promise<void> => {
    rememberLanguage(lang)
    await page.speak(lang)
    page.show()
  }
  return h('button', { type: 'button', lang, onclick: () => void onclick() }, otherLanguage)
}

function rememberLanguage(language: Language): void {
  try {
    localStorage.setItem(LANGUAGE_KEY, language)
  } catch {
    // A browser that keeps nothing asks again next time.
  }
}

function cardsOf(page: Page, { stamp, verdict, told, hidden }: Answered, words: CardWords): HTMLElement {
  const { language, lists, config } = page
  const signed = verdict.stamp && told.word !== 'elsewhere' ? (verdict as Verdict & Signed) : undefined
  const isGreen = told.tone === 'good'
  const note = signed && freshnessNote(words, lists, signed, language)
  page.onLists = () => note?.replaceChildren(...freshnessNote(words, lists, signed!, language).childNodes)
  const scan = scanButton(page, words.scan.another, words)
  const report = reportCard(words, contactsOf(config, signed), verdict, page.words.answers[told.word])
  return h(
    'div',
    { class: 'cards' },
    signed && goodsCard(signed, words, language, isGreen),
    signed?.status === 'valid' &&
      signed.stamp.seal !== undefined &&
      hiddenCard(hidden, words, (before, code) => {
        const found = typeCode(before, stamp, code)
        page.found(found)
        return found
      }),
    isGreen && addressNotice(words, typed(config)),
    h('div', { class: 'actions' }, ...(told.tone === 'bad' ? [report, scan] : [scan, report])),
    note,
  )
}

/** The scanner is a file of its own: most people never need it. */
function scanButton(page: Page, label: string, { scan }: CardWords): HTMLElement {
  const onclick = async (): Promise<void> => {
    const { openScanner } = await import('./scan.ts')
    const text = await openScanner(scan, (each) => {
      const stamp = tidyScan(each)
      const verdict = page.lists.verify(stamp)
      // Without lists nothing is known of it: the page says so.
      return verdict === undefined || isStamp(stamp, verdict)
    })
    if (text !== undefined) page.scan(text)
  }
  return h('button', { type: 'button', class: 'scan', onclick: () => void onclick() }, label)
}
