import { bytes, list, record, type Shape, text, time, uint } from '../codec/shape.ts'
import { MAX_KEY_ID } from '../stamp/stamp.ts'
import { type ScopeRange, scopeRange } from './scope.ts'

/** A key that may stamp, as the trust list names it. */
export interface IssuerEntry {
  /** What stamps give as a hint, 0 to 65535. Several keys may share one. */
  readonly keyId: number
  /** 32 bytes: the identity of the issuer. */
  readonly publicKey: Uint8Array
  /** For people. */
  readonly name: string
  readonly scope: readonly ScopeRange[]
  /**
   * The first and the last moment at which verifiers accept its stamps, judged when a stamp is read, for
   * stamps carry no trusted time of signing. So it outlasts the products' shelf life.
   */
  readonly notBefore: Date
  readonly notAfter: Date
}

export const issuerEntry: Shape<IssuerEntry> = record<IssuerEntry>(
  {
    keyId: uint(0, MAX_KEY_ID),
    publicKey: bytes(32),
    name: text(200),
    scope: list(scopeRange, 4096),
    notBefore: time,
    notAfter: time,
  },
  {
    fault: ({ notBefore, notAfter }) => (notBefore <= notAfter ? undefined : 'notAfter'),
  },
)
