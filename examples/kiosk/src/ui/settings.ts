import type { Language } from '../core/words.ts'

/** What a browser that keeps nothing remembers while the page is open. */
const unkept = new Map<string, string>()

function read(name: string): string | null {
  try {
    return localStorage.getItem(name)
  } catch {
    return unkept.get(name) ?? null
  }
}

function write(name: string, value: string): void {
  try {
    localStorage.setItem(name, value)
  } catch {
    unkept.set(name, value)
  }
}

/** What this device remembers of how people like it. */
export const settings = {
  get language(): Language {
    return read('language') === 'en' ? 'en' : 'vi'
  },
  set language(language) {
    write('language', language)
  },
  get sound(): boolean {
    return read('sound') !== 'off'
  },
  set sound(isOn) {
    write('sound', isOn ? 'on' : 'off')
  },
  /** Whether the camera starts with the page. */
  get camera(): boolean {
    return read('camera') !== 'off'
  },
  set camera(isOn) {
    write('camera', isOn ? 'on' : 'off')
  },
  /** Whether notes, photos and places are written beside checks. */
  get inspector(): boolean {
    return read('inspector') === 'on'
  },
  set inspector(isOn) {
    write('inspector', isOn ? 'on' : 'off')
  },
  /** Where the inspector was last, in words. */
  get spot(): string {
    return read('spot') ?? ''
  },
  set spot(spot) {
    write('spot', spot)
  },
  /** Who checks, for the report. */
  get inspectorName(): string {
    return read('inspector-name') ?? ''
  },
  set inspectorName(name) {
    write('inspector-name', name)
  },
  /** Which camera was chosen last. */
  get device(): string | undefined {
    return read('device') ?? undefined
  },
  set device(device) {
    write('device', device ?? '')
  },
}
