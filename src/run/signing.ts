import type { Engine, VerifyKey } from '../ed25519/engine.ts'
import type { Signer } from '../ed25519/signer.ts'
import type { Code } from '../issue/code.ts'
import { createIssuer } from '../issue/issuer.ts'
import { sealStamp } from '../issue/seal.ts'
import { encodePayload } from '../issue/sign-stamp.ts'
import { equalBytes } from '../lib/bytes.ts'
import { signedMessage } from '../lib/contexts.ts'
import type { ErrorDetails } from '../lib/error-details.ts'
import { VeristampError } from '../lib/errors.ts'
import { joinCode, SIGNATURE_LENGTH, splitCode } from '../stamp/code.ts'
import { BATCH, firstWrong, importRunKey } from './check-signatures.ts'
import type { CodeRow } from './codes/code-lines.ts'
import { areOwn } from './codes/row-check.ts'
import { carrierTextOf, claimsOf, type Reservation, stampOf } from './job.ts'
import { publicKeyOfRun } from './ledger/record.ts'

/** Signatures that are under way at once, for signers that take their time: enough to keep worker threads busy. */
const AT_ONCE = 256

/** As long a text as the run will have, with a placeholder for the signature. @throws VeristampError `does_not_fit` */
export function longestText(run: Reservation): string {
  const seal = run.sealed && { seal: new Uint8Array(10) }
  const payload = encodePayload(run.keyId, { ...stampOf(run, run.last), ...seal })
  return carrierTextOf(run, joinCode({ payload, signature: new Uint8Array(SIGNATURE_LENGTH).fill(0xff) }))
}

export interface RunIssuer {
  /** The rows of `count` serials from `first` on, once each signature is verified. */
  issue(first: number, count: number): Promise<CodeRow[]>
  /** True where all of these are rows that this run wrote, the first of them that of the serial `first`. */
  owns(rows: readonly CodeRow[], first: number): boolean
}

/** What stands under the layer of a serial's label, for a run of sealed stamps. */
export const hiddenCodes =
  (run: Reservation, secret: Uint8Array) =>
  (serial: number): string =>
    sealStamp(stampOf(run, serial), { keyId: run.keyId, secret }).hiddenCode

/**
 * What signs a run's stamps.
 * @param secret of the run, for sealed stamps
 * @param engine what verifies each signature, for signers fail too: none that is wrong gets to a label
 * @throws VeristampError `signing_failed` for another key than the run's, or one that is unsound
 */
export function runIssuer(
  run: Reservation,
  signer: Signer,
  secret: Uint8Array | undefined,
  engine: Engine,
): RunIssuer {
  const publicKey = publicKeyOfRun(run)
  if (!equalBytes(signer.publicKey, publicKey)) {
    throw new VeristampError('signing_failed', `run ${run.id}: belongs to another key, ${run.publicKey}`, {
      fault: 'other_key',
      run: run.id,
      publicKey: run.publicKey,
    })
  }
  const imported = importRunKey(publicKey, engine)
  if (!imported.ok) {
    throw new VeristampError(
      'signing_failed',
      `run ${run.id}: its public key is unsound: ${imported.reason}`,
      { fault: 'unsound_key', run: run.id, reason: imported.reason },
    )
  }
  const issuer = createIssuer({ keyId: run.keyId, signer })
  const claims = secret && {
    claims: (serial: number) => sealStamp(stampOf(run, serial), { keyId: run.keyId, secret }).stamp,
  }
  const { facility, product } = run
  const row = { facility, product, ...claimsOf(run), ...claims, concurrency: AT_ONCE }
  return {
    owns: (rows, first) => areOwn(run, rows, { first, key: imported.key, secret, engine }),
    async issue(first, count) {
      const rows: CodeRow[] = []
      let batch: Code[] = []
      const take = () => {
        checkSignatures(batch, imported.key, engine)
        for (const { stamp, bytes } of batch)
          rows.push({ serial: stamp.serial, code: carrierTextOf(run, bytes) })
        batch = []
      }
      for await (const code of issuer.issueMany({ ...row, first, count })) {
        batch.push(code)
        if (batch.length === BATCH) take()
      }
      take()
      return rows
    },
  }
}

function checkSignatures(codes: readonly Code[], key: VerifyKey, engine: Engine): void {
  const jobs = codes.map(({ bytes }) => {
    const { payload, signature } = splitCode(bytes)
    return { key, message: signedMessage('veristamp:stamp1', payload), signature }
  })
  const wrong = codes[firstWrong(jobs, engine)]
  if (wrong === undefined) return
  throw new VeristampError(
    'signing_failed',
    `serial ${wrong.stamp.serial}: the signer's signature does not verify under its public key. It was not ` +
      'written anywhere, and the run can be resumed with a sound signer',
    { fault: 'wrong_signature', serial: wrong.stamp.serial },
  )
}

/**
 * Signs the first stamp twice: a run that is resumed must come to the same stamps.
 * @throws VeristampError `not_deterministic`
 */
export async function checkDeterministic(run: Reservation, signer: Signer, issuer: RunIssuer): Promise<void> {
  const [one] = await issuer.issue(run.first, 1)
  const [two] = await issuer.issue(run.first, 1)
  if (signer.deterministic && one!.code === two!.code) return
  throw notDeterministic('each_time', 'the same stamp differently each time')
}

export const notDeterministic = (
  fault: ErrorDetails['not_deterministic']['fault'],
  how: string,
): VeristampError =>
  new VeristampError(
    'not_deterministic',
    `signer: signs ${how}. A run that is resumed would print two stamps of one serial`,
    { fault },
  )
