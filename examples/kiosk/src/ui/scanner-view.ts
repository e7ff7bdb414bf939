import { svg, symbol } from 'veristamp/print'
import { h } from '../../../shared/dom.ts'
import { checkLayout, TEST_TEXT } from '../core/layout-check.ts'
import type { Reading } from '../core/wedge.ts'
import type { Words } from '../core/words.ts'
import type { App } from './app.ts'
import { drawnCode } from './drawn-code.ts'

/** The check of a hand scanner: a code with every letter, and what came of it. */
export const scannerView = ({ words }: App): HTMLElement =>
  h(
    'div',
    { class: 'card scanner' },
    h('h2', {}, words.settings.scanner),
    h('p', {}, words.scanner.intro),
    drawnCode(svg(symbol(TEST_TEXT)), words.scanner.alt),
    h('div', { id: 'layout-result', role: 'status' }),
  )

/** Says on the view what a scan of the test code came to. */
export function showLayout(reading: Reading, { scanner }: Words): void {
  const { fault, garbled } = checkLayout(reading)
  const isFine = fault === 'none' || fault === 'mended'
  const letter = (each: string): string => (each === ' ' ? scanner.space : each)
  const result = document.querySelector('#layout-result')
  result?.replaceChildren(
    h(
      'p',
      { class: isFine ? 'verdict-line good' : 'verdict-line bad' },
      `${isFine ? '✓' : '✗'} ${scanner.faults[fault]}`,
    ),
    h(
      'ul',
      { class: 'garbled' },
      ...garbled.map(({ expected, got }) => h('li', {}, scanner.garbled(letter(expected), letter(got)))),
    ),
  )
  result?.scrollIntoView({ block: 'center' })
}
