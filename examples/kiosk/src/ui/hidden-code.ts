import { explainSeal } from 'veristamp'
import { verifySeal } from 'veristamp/verify'
import type { Checked } from '../kiosk/check.ts'
import type { App } from './app.ts'
import { h } from './dom.ts'

/** The check of the code under the scratch layer. */
export interface HiddenCodeView {
  readonly element: HTMLElement
  /** Checks what was scanned, if it is a hidden code at all: some are printed as a symbol. */
  offer(texts: readonly string[]): boolean
}

/** Only a sealed stamp that is valid has one: a code that fits a forgery would say nothing. */
export function hiddenCodeView(
  { verdict, text }: Checked,
  { words: { hidden }, language }: App,
): HiddenCodeView | undefined {
  if (verdict.status !== 'valid' || verdict.stamp.seal === undefined) return undefined
  const field = h('input', {
    id: 'hidden-code',
    autocomplete: 'off',
    autocapitalize: 'characters',
    spellcheck: 'false',
    maxlength: '60',
    placeholder: 'XXXX-XXXX-XXXX-XXXX',
  })
  const result = h('p', { class: 'hidden-result', role: 'status' })

  function show(sealed: ReturnType<typeof verifySeal>): void {
    result.textContent = sealed.ok ? `✓ ${hidden.ok}` : `✗ ${explainSeal(sealed.reason, language)}`
    result.className = `hidden-result ${sealed.ok ? 'good' : 'bad'}`
  }
  const onsubmit = (event: Event): void => {
    event.preventDefault()
    show(verifySeal(text, field.value))
  }
  return {
    element: h(
      'form',
      { class: 'hidden-code', onsubmit },
      h('label', { for: 'hidden-code' }, hidden.label),
      h('div', { class: 'row' }, field, h('button', { type: 'submit' }, hidden.check)),
      result,
    ),
    offer(texts) {
      const offered = texts.map((scanned) => ({ scanned, sealed: verifySeal(text, scanned) }))
      // One of two readings may be garbled and still look like a code.
      const best =
        offered.find(({ sealed }) => sealed.ok) ??
        offered.find(({ sealed }) => !sealed.ok && sealed.reason === 'hidden_code_wrong')
      if (best === undefined) return false
      field.value = best.scanned
      show(best.sealed)
      return true
    },
  }
}
