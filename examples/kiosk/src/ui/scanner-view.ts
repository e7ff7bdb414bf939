import { svg, symbol } from 'veristamp/print'
import { checkLayout, TEST_TEXT } from '../core/layout-check.ts'
import type { Reading } from '../core/wedge.ts'
import type { Words } from '../core/words.ts'
import type { App } from './app.ts'
import { h } from './dom.ts'

/** The check of a hand scanner: a code with every letter, and what came of it. */
export function scannerView({ words }: App): HTMLElement {
  return h(
    'section',
    { class: 'panel scanner' },
    h('h1', {}, words.tabs.scanner),
    h('p', {}, words.scanner.intro),
    testCode(words.scanner.alt),
    h('div', { id: 'layout-result', role: 'status' }),
  )
}

function testCode(alt: string): HTMLElement {
  const drawn = new DOMParser().parseFromString(svg(symbol(TEST_TEXT)), 'image/svg+xml').documentElement
  drawn.setAttribute('role', 'img')
  drawn.setAttribute('aria-label', alt)
  return h('div', { class: 'test-code' }, document.adoptNode(drawn))
}

/** Says on the view what a scan of the test code came to. */
export function showLayout(reading: Reading, { scanner }: Words): void {
  const { fault, garbled } = checkLayout(reading)
  const isFine = fault === 'none' || fault === 'mended'
  const letter = (each: string): string => (each === ' ' ? scanner.space : each)
  document
    .querySelector('#layout-result')
    ?.replaceChildren(
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
}
