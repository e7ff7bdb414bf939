import { verifySeal } from 'veristamp/seal'
import type { Words } from '../core/words.ts'
import type { Checked } from '../kiosk/check.ts'
import { h } from './dom.ts'

/** The check of the code under the scratch layer: only for a sealed stamp that is valid. */
export function hiddenCodeView({ verdict, text }: Checked, { hidden }: Words): HTMLElement | undefined {
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
  const onsubmit = (event: Event): void => {
    event.preventDefault()
    const sealed = verifySeal(text, field.value)
    result.textContent = sealed.ok ? `✓ ${hidden.ok}` : `✗ ${hidden[sealed.reason]}`
    result.className = `hidden-result ${sealed.ok ? 'good' : 'bad'}`
  }
  return h(
    'form',
    { class: 'hidden-code', onsubmit },
    h('label', { for: 'hidden-code' }, hidden.label),
    h('div', { class: 'row' }, field, h('button', { type: 'submit' }, hidden.check)),
    result,
  )
}
