import { verifySeal } from 'veristamp/verify'
import { h } from '../../../shared/dom.ts'
import { type HiddenCode, typeCode, untyped } from '../../../shared/hidden-code.ts'
import { shapeOf } from '../../../shared/shapes.ts'
import type { Words } from '../core/words.ts'
import type { Checked, CodeFound } from '../kiosk/check.ts'

/** The check of the code under the scratch layer. */
export interface HiddenView {
  readonly element: HTMLElement
  /** What was typed so far, for a view that takes this one's place. */
  readonly known: HiddenCode
  /** Checks what was scanned, if it is a hidden code at all: some are printed as a symbol. */
  offer(texts: readonly string[]): boolean
  /** Brings the field into sight, to be typed into. */
  open(): void
}

/**
 * Only a sealed stamp that is valid has one: a code that fits a forgery would say nothing.
 * @param onFound called when a code fits, or a second one does not
 * @param before what was typed into the view before
 */
export function hiddenView(
  { verdict, text, code }: Checked,
  { hidden }: Words,
  onFound: (code: CodeFound) => void,
  before: HiddenCode = untyped,
): HiddenView | undefined {
  if (verdict.status !== 'valid' || verdict.stamp.seal === undefined || code === 'wrong') return undefined
  let known = before
  const field = h('input', {
    id: 'hidden-code',
    autocomplete: 'off',
    autocapitalize: 'characters',
    spellcheck: 'false',
    maxlength: '60',
    placeholder: 'XXXX-XXXX-XXXX-XXXX',
    'aria-describedby': 'hidden-said',
  })
  const result = h('p', { id: 'hidden-said', class: 'hidden-result', role: 'status' })

  function draw(): void {
    const { state } = known
    const said = {
      open: '',
      letters: hidden.letters,
      short: hidden.short,
      compare: hidden.compare,
      wrong: '',
    }
    if (state === 'right') result.replaceChildren(shapeOf('good'), hidden.ok)
    else result.textContent = said[state]
    result.className = `hidden-result ${state === 'right' ? 'good' : 'bad'}`
  }
  function take(typed: string): void {
    const before = known
    known = typeCode(before, text, typed)
    draw()
    const { state } = known
    if (state === 'right' || state === 'wrong') {
      if (state !== before.state) onFound(state)
    } else if (state === 'compare' && before.wrong !== undefined) onFound('doubtful')
    // What is said stands below the field, where a phone's keyboard hides it.
    result.scrollIntoView({ block: 'center' })
  }
  const onsubmit = (event: Event): void => {
    event.preventDefault()
    take(field.value)
  }
  field.value = known.typed
  draw()
  return {
    element: h(
      'form',
      { class: 'card hidden-code', onsubmit },
      h('h2', {}, hidden.title),
      h('label', { for: 'hidden-code' }, hidden.label),
      h('div', { class: 'row' }, field, h('button', { type: 'submit' }, hidden.check)),
      result,
    ),
    get known() {
      return known
    },
    offer(texts) {
      const offered = texts.map((scanned) => ({ scanned, sealed: verifySeal(text, scanned) }))
      // One of two readings may be garbled and still look like a code.
      const best =
        offered.find(({ sealed }) => sealed.ok) ??
        offered.find(({ sealed }) => !sealed.ok && sealed.reason === 'hidden_code_wrong')
      if (best === undefined) return false
      field.value = best.scanned
      take(best.scanned)
      return true
    },
    open() {
      field.scrollIntoView({ block: 'center' })
      field.focus({ preventScroll: true })
    },
  }
}
