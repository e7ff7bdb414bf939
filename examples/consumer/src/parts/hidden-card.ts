import { h } from '../../../shared/dom.ts'
import { type HiddenCode, untyped } from '../../../shared/hidden-code.ts'
import { shapeOf } from '../../../shared/shapes.ts'
import type { CardWords } from '../words/words.ts'

/** Asks for the code under the scratch layer. @param check takes what was typed, and says what is known then */
export function hiddenCard(
  known: HiddenCode = untyped,
  words: CardWords,
  check: (before: HiddenCode, typed: string) => HiddenCode,
): HTMLElement {
  const { hidden } = words
  const { state, typed } = known
  if (state === 'right') {
    return h(
      'section',
      { class: 'card hidden right' },
      h('h2', { tabindex: '-1' }, shapeOf('good'), hidden.right),
      h('p', { class: 'quiet' }, hidden.rightHint),
    )
  }
  const field = h('input', {
    id: 'hidden-code',
    autocomplete: 'off',
    autocapitalize: 'characters',
    spellcheck: 'false',
    maxlength: '60',
    placeholder: 'XXXX-XXXX-XXXX-XXXX',
    'aria-describedby': 'hidden-said',
  })
  field.value = typed
  const said = { open: '', letters: hidden.letters, short: hidden.short, compare: hidden.compare, wrong: '' }[
    state
  ]
  const form: HTMLElement = h(
    'form',
    {
      onsubmit: (event) => {
        event.preventDefault()
        const card = hiddenCard(check(known, field.value), words, check)
        // Where the whole answer turned, this card is gone.
        form.parentElement!.replaceWith(card)
        card.querySelector<HTMLElement>('input, h2')?.focus()
      },
    },
    h('label', { for: 'hidden-code' }, hidden.label),
    field,
    h('p', { id: 'hidden-said', class: 'said', role: 'status' }, said),
    h('button', { type: 'submit' }, hidden.check),
  )
  return h(
    'section',
    { class: 'card hidden' },
    h('h2', {}, state === 'wrong' ? hidden.again : hidden.heading),
    h('p', {}, hidden.intro),
    form,
  )
}
