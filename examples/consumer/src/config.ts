import type { KeeperOptions } from 'veristamp/keeper'

/** What the site puts into the page: whom it believes, and where it lies. */
export interface Config {
  readonly pins: KeeperOptions['pins'] & { readonly authority: string }
  /** The address of this page, as stamps have it: `https://tem.example/`. */
  readonly page: string
  /** Where to report suspicious goods of which no signature names a facility. */
  readonly report: readonly string[]
}

/** What a site writes: pins as their file has them, with keys in hexadecimal. */
interface Written extends Pick<Config, 'page' | 'report'> {
  readonly pins: {
    readonly authority: string
    readonly roots: { readonly version: number; readonly threshold: number; readonly keys: readonly string[] }
  }
}

/** The keeper looks the pins through. */
export function readConfig(): Config {
  const { page, report, pins } = JSON.parse(document.querySelector('#site')!.textContent!) as Written
  const { authority, roots } = pins
  const keys = roots.keys.map((key) =>
    Uint8Array.from(key.match(/../g)!, (byte) => Number.parseInt(byte, 16)),
  )
  return { page, report, pins: { authority, roots: { ...roots, keys } } }
}

/** As people type it: `tem.example`. */
export const typed = ({ page }: Config): string => page.slice('https://'.length, -1)
