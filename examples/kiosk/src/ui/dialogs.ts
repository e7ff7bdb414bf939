import { h } from '../../../shared/dom.ts'
import { isPin } from '../kiosk/pin.ts'
import type { App } from './app.ts'

/** Opens a dialog. @returns what was typed and taken, undefined when it was left */
function ask(
  title: string,
  field: HTMLInputElement | HTMLTextAreaElement,
  labels: { readonly ok: string; readonly cancel: string },
  faultOf: (typed: string) => Promise<string | undefined> | string | undefined,
): Promise<string | undefined> {
  return new Promise((resolve) => {
    let answer: string | undefined
    const said = h('p', { class: 'problem', role: 'alert' })
    const onsubmit = async (event: Event): Promise<void> => {
      event.preventDefault()
      const fault = await faultOf(field.value)
      said.textContent = fault ?? ''
      if (fault !== undefined) return
      answer = field.value
      dialog.close()
    }
    field.id = 'asked'
    const end = (): void => {
      dialog.remove()
      resolve(answer)
    }
    const dialog = h(
      'dialog',
      { 'aria-label': title, onclose: end },
      h(
        'form',
        { onsubmit: (event) => void onsubmit(event) },
        h('label', { for: 'asked' }, title),
        field,
        said,
        h(
          'div',
          { class: 'row' },
          h('button', { type: 'submit' }, labels.ok),
          h('button', { type: 'button', class: 'quiet', onclick: () => dialog.close() }, labels.cancel),
        ),
      ),
    )
    document.body.append(dialog)
    dialog.showModal()
    field.focus()
  })
}

/** Asks for a stamp that is typed or pasted. @param faultOf says why a text is none */
export const askStamp = ({ words: { type } }: App, faultOf: (typed: string) => string | undefined) =>
  ask(
    type.title,
    h('textarea', { rows: '4', spellcheck: 'false', autocomplete: 'off', autocapitalize: 'characters' }),
    { ok: type.check, cancel: type.cancel },
    faultOf,
  )

const digits = () =>
  h('input', { type: 'password', inputmode: 'numeric', autocomplete: 'off', maxlength: '12' })

/** How long an operator who gave the PIN is not asked again, in milliseconds. */
const UNLOCKED = 120_000
let unlockedUntil = 0

/** True for an operator, or where there is no PIN. @param anew asks also whoever gave it a moment ago */
export async function mayOperate({ pin, words }: App, anew = false): Promise<boolean> {
  if (!pin.isSet || (!anew && Date.now() < unlockedUntil)) return true
  const given = await ask(words.pin.ask, digits(), words.pin, async (typed) =>
    (await pin.matches(typed)) ? undefined : words.pin.wrong,
  )
  if (given !== undefined) unlockedUntil = Date.now() + UNLOCKED
  return given !== undefined
}

/** Asks for a new PIN, twice, for nobody sees what is typed; and sets it. */
export async function setPin({ pin, words }: App): Promise<void> {
  const fresh = await ask(words.pin.fresh, digits(), words.pin, (typed) =>
    isPin(typed) ? undefined : words.pin.shape,
  )
  if (fresh === undefined) return
  const again = await ask(words.pin.repeat, digits(), words.pin, (typed) =>
    typed === fresh ? undefined : words.pin.differs,
  )
  if (again !== undefined) await pin.set(fresh)
  unlockedUntil = 0
}
