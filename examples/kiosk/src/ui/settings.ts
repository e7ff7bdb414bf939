import type { Language } from '../core/words.ts'

/** What this device remembers of how people like it. */
export const settings = {
  get language(): Language {
    return localStorage.getItem('language') === 'en' ? 'en' : 'vi'
  },
  set language(language) {
    localStorage.setItem('language', language)
  },
  get sound(): boolean {
    return localStorage.getItem('sound') !== 'off'
  },
  set sound(isOn) {
    localStorage.setItem('sound', isOn ? 'on' : 'off')
  },
  /** Whether the camera starts with the page. */
  get camera(): boolean {
    return localStorage.getItem('camera') === 'on'
  },
  set camera(isOn) {
    localStorage.setItem('camera', isOn ? 'on' : 'off')
  },
}
