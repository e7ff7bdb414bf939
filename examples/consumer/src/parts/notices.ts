import type { Signed } from 'veristamp/verify'
import { daysBetween } from '../../../shared/answer.ts'
import { h } from '../../../shared/dom.ts'
import { dateOf } from '../dates.ts'
import type { Lists } from '../lists.ts'
import type { CardWords } from '../words/words.ts'

/** Green is only as true as the address bar, and this is how to reach the page without the stamp. */
export function addressNotice({ address }: CardWords, site: string): HTMLElement {
  const [host] = site.split('/')
  return h(
    'section',
    { class: 'card address' },
    h('h2', {}, address.heading),
    h('p', {}, address.only[0], h('strong', { class: 'site' }, host!), address.only[1]),
    h('p', {}, address.surer[0], h('strong', { class: 'site' }, site), address.surer[1]),
    h('p', { class: 'quiet' }, address.noBar),
  )
}

/** How old the page's knowledge is. */
export function freshnessNote(
  { lists: said }: CardWords,
  lists: Lists,
  signed: Signed,
  language: string,
): HTMLElement {
  const { trustList, revocationList = trustList } = signed
  const oldest = trustList.issued < revocationList.issued ? trustList : revocationList
  const days = daysBetween(oldest.issued, new Date())
  return h(
    'div',
    { class: 'freshness' },
    h('p', {}, said.age(days, dateOf(oldest.issued, language))),
    lists.isOffline && h('p', {}, said.offline),
    lists.isSuspicious && h('p', { class: 'alarm' }, said.suspicious),
  )
}
