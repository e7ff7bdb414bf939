import { h } from '../../../shared/dom.ts'

const STAYS = 6_000

/** The quiet word: for what is no answer, and no alarm. */
export class Say {
  readonly element = h('p', { class: 'say', role: 'status' })
  #ending: number | undefined

  say(text: string): void {
    this.element.textContent = text
    window.clearTimeout(this.#ending)
    this.#ending = window.setTimeout(() => this.silence(), STAYS)
  }

  silence(): void {
    this.element.textContent = ''
  }
}
