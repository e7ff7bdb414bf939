import { h } from '../../shared/dom.ts'
import { chooseLanguage } from './language.ts'
import { answerPanel, sentences } from './parts/panel.ts'
import { loadReasons, loadWords } from './words/words.ts'

/** Another page that holds this one could paint its own words around the answer. */
export async function refuseFrame(): Promise<void> {
  const language = chooseLanguage()
  const [words, { framed }] = await Promise.all([loadWords(language), loadReasons(language)])
  const { href } = location
  const panel = answerPanel({ tone: 'unsure', word: 'framed' }, words)
  const link = h('a', { class: 'button', href, target: '_blank', rel: 'noopener' }, framed.open)
  panel.append(...sentences([framed.why], framed.now), link)
  document.querySelector('main')!.replaceChildren(panel)
}
