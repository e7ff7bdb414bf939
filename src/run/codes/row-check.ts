import type { Engine, VerifyJob, VerifyKey } from '../../ed25519/engine.ts'
import { sealStamp } from '../../issue/seal.ts'
import { encodePayload } from '../../issue/sign-stamp.ts'
import { equalBytes } from '../../lib/bytes.ts'
import { signedMessage } from '../../lib/contexts.ts'
import { isMalformed } from '../../lib/errors.ts'
import { decodeText } from '../../stamp/carrier.ts'
import { decodePayload, splitCode } from '../../stamp/code.ts'
import { withoutSeal } from '../../stamp/seal.ts'
import { firstWrong } from '../check-signatures.ts'
import { carrierTextOf, type Reservation, stampOf } from '../job.ts'
import type { CodeRow } from './code-lines.ts'

/** Whether a row that was read is one that its run wrote. */

export type RowFault = 'malformed' | 'other' | 'seal'

/**
 * The signature that a row stands for, once the row is all else that its run says of this serial: the same stamp,
 * in the same carrier.
 * @param secret of the run, for sealed stamps; absent: seals are not asked
 */
export function rowJob(
  run: Reservation,
  { row, due, key, secret }: { row: CodeRow; due: number; key: VerifyKey; secret?: Uint8Array | undefined },
): VerifyJob | RowFault {
  try {
    const { code } = decodeText(row.code)
    const { payload, signature } = splitCode(code)
    const { stamp } = decodePayload(payload)
    if (row.serial !== due || due > run.last || carrierTextOf(run, code) !== row.code) return 'other'
    const isSealed = stamp.seal !== undefined
    const plain = stampOf(run, due)
    const unsealed = isSealed ? withoutSeal(payload) : payload
    if (isSealed !== (run.sealed ?? false) || !equalBytes(unsealed, encodePayload(run.keyId, plain)))
      return 'other'
    if (secret !== undefined) {
      const sealed = sealStamp(plain, { keyId: run.keyId, secret }).stamp
      if (!equalBytes(encodePayload(run.keyId, sealed), payload)) return 'seal'
    }
    return { key, message: signedMessage('veristamp:stamp1', payload), signature }
  } catch (error) {
    if (isMalformed(error)) return 'malformed'
    throw error
  }
}

/** True where the run wrote each of these rows, the first of which is that of the serial `first`. */
export function areOwn(
  run: Reservation,
  rows: readonly CodeRow[],
  {
    first,
    engine,
    ...keys
  }: { first: number; key: VerifyKey; secret: Uint8Array | undefined; engine: Engine },
): boolean {
  const jobs = rows.map((row, at) => rowJob(run, { row, due: first + at, ...keys }))
  return (
    jobs.every((job) => typeof job === 'object') &&
    firstWrong(
      jobs.filter((job) => typeof job === 'object'),
      engine,
    ) < 0
  )
}
