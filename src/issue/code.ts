import type { Bytes } from '../lib/bytes.ts'
import { checkInteger, copyBytes } from '../lib/checks.ts'
import { type Carrier, encodeText, encodeUrl } from '../stamp/carrier.ts'
import { encodeLink } from '../stamp/gs1-link.ts'
import { checkStamp, MAX_KEY_ID, ownStamp, type Stamp } from '../stamp/stamp.ts'

/**
 * A signed stamp, ready to be printed: its bytes, and the texts that carry them.
 * @example
 * ```ts
 * const code = await issuer.issue({ facility: 12, product: 104, serial: 90_001 })
 * code.toText() // → '4VG N1A7…'
 * code.toUrl('HTTPS://TEM.EXAMPLE/') // → 'HTTPS://TEM.EXAMPLE/8…'
 * ```
 */
export class Code {
  readonly stamp: Stamp
  readonly keyId: number
  /** Payload, then the 64-byte signature: 69 to 192 bytes. */
  readonly bytes: Bytes

  constructor(stamp: Stamp, keyId: number, bytes: Uint8Array) {
    this.stamp = ownStamp(checkStamp(stamp))
    this.keyId = checkInteger('keyId', keyId, 0, MAX_KEY_ID)
    this.bytes = copyBytes('bytes', bytes)
  }

  /** The text of a carrier that needs no prefix. `digits` survives scanners that type like a keyboard. */
  toText(carrier: Exclude<Carrier, 'url' | 'gs1'> = 'base45'): string {
    return encodeText(this.bytes, carrier)
  }

  /**
   * The digits behind a web address, which opens on phones that know nothing of stamps. The prefix is not
   * signed: verifiers accept only those that the trust list names.
   * @throws an argument error unless the prefix is `HTTPS://`, then `0-9 A-Z . : / -`, ending in `/` or `/#`
   */
  toUrl(prefix: string): string {
    return encodeUrl(this.bytes, prefix)
  }

  /**
   * A GS1 Digital Link: one symbol that a till reads (GTIN, lot, days, serial), a phone opens and a verifier checks.
   * @param prefix ends in `/`, and has no step of two to four digits
   * @throws an argument error for another prefix, and for a stamp that no link can say: a product that is no GTIN, a lot `.`
   * or `..`, a day outside 2000 to 2099
   */
  toGs1Link(prefix: string): string {
    return encodeLink(this.bytes, prefix)
  }
}
