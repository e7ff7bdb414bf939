import { nobleEngine } from '../ed25519/noble/engine.ts'
import { ownSigner, type Signer } from '../ed25519/signer.ts'
import { type ArgumentCheck, type ArgumentTable, checkTable, ifGiven, wholeNumber } from '../lib/arguments.ts'
import { argumentRange, VeristampError } from '../lib/errors.ts'
import { checkStamp, MAX_KEY_ID, type Stamp } from '../stamp/stamp.ts'
import { rangeFault, type ScopeRange } from '../trust/scope.ts'
import { aScope } from '../trust/scope-argument.ts'
import type { Code } from './code.ts'
import { checkRow, type IssueManyOptions, signRow } from './issue-many.ts'
import { signStamp } from './sign-stamp.ts'

export interface IssuerOptions {
  /** The id that the trust list gives this key, 0 to 65535. Below 24 it takes one byte, below 256 two. */
  readonly keyId: number
  readonly signer: Signer
  /** What the key may stamp: nothing else is signed. Absent: anything, for verifiers to judge. */
  readonly scope?: readonly ScopeRange[] | undefined
}

export interface Issuer {
  readonly keyId: number
  readonly publicKey: Uint8Array
  /**
   * Signs one stamp.
   * @throws ArgumentTypeError or ArgumentRangeError for a bad field, or one that stamps don't have; VeristampError
   * `out_of_scope`, `does_not_fit` for a payload above 128 bytes, `signing_failed` for a signer that returns no signature
   */
  issue(stamp: Stamp): Promise<Code>
  /**
   * Signs a row of stamps: their codes, in order. Whatever is wrong with the row as a whole, its scope too, is thrown at
   * once, before anything is signed.
   * @throws what `issue` rejects with; the stream rejects with VeristampError `signing_failed` that names the serial
   * (`cause` is what was thrown: by the signer, by `claims` or about them), or with the `reason` of `signal`. A row
   * that broke off may be signed again from there: for the same codes you need a deterministic signer.
   */
  issueMany(options: IssueManyOptions): AsyncGenerator<Code, void, undefined>
}

const fields: ArgumentTable<IssuerOptions> = {
  keyId: wholeNumber(0, MAX_KEY_ID),
  signer: ownSigner as ArgumentCheck,
  scope: ifGiven(aScope),
}

/**
 * An issuer signs stamps with one key.
 * @throws ArgumentTypeError or ArgumentRangeError, also for a public key that no verifier would accept
 * @example
 * ```ts
 * import { createIssuer } from 'veristamp'
 *
 * const scope = [{ facility: 12, product: 104, first: 1, last: 135_000 }]
 * const issuer = createIssuer({ keyId: 7, signer, scope })
 * const code = await issuer.issue({ facility: 12, product: 104, serial: 90_001, lot: 'LOT001' })
 * code.bytes.length // → 83
 * ```
 */
export function createIssuer(options: IssuerOptions): Issuer {
  const { keyId, scope } = checkTable('options', options, fields)
  const signer = ownSigner('options.signer', options.signer)
  const { publicKey } = signer
  const imported = nobleEngine.importKey(publicKey)
  if (!imported.ok) throw argumentRange('options.signer.publicKey', 'a sound public key', imported.reason)
  const key = { keyId, signer }
  return {
    keyId,
    publicKey,
    async issue(stamp) {
      if (scope !== undefined) checkScope(scope, checkStamp(stamp), stamp.serial)
      return signStamp(key, stamp)
    },
    issueMany(options) {
      const row = checkRow(keyId, options)
      if (scope !== undefined) checkScope(scope, row.firstStamp, row.first + row.count - 1)
      return signRow(key, row)
    },
  }
}

/** @throws VeristampError unless the scope covers the stamp and all that follow it to the serial `last` */
function checkScope(scope: readonly ScopeRange[], stamp: Stamp, last: number): void {
  const fault = rangeFault(scope, stamp, last)
  if (fault === undefined) return
  const [part, serial] = fault
  const what = part === 'serial' ? serial : stamp[part]
  throw new VeristampError('out_of_scope', `stamp: ${part} ${what} is outside this issuer's scope`, {
    facility: stamp.facility,
    product: stamp.product,
    first: stamp.serial,
    count: last - stamp.serial + 1,
  })
}
