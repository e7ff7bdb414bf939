import { orRefused } from '../document/refusal.ts'
import { equalBytes } from '../lib/bytes.ts'
import { VeristampError } from '../lib/errors.ts'
import { readBoundedFile } from '../node/files/bounded-file.ts'
import { importRunKey, runEngine } from './check-signatures.ts'
import { digestFiles } from './codes/codes-file.ts'
import { type FinishedRun, isThere } from './folder.ts'
import type { Reservation } from './job.ts'
import { publicKeyOfRun } from './ledger/record.ts'
import { MAX_MANIFEST, type Manifest, openManifest } from './manifest.ts'

/** What a run's folder holds counts only if the manifest says so, and the manifest only if the run's key signed it. */

/**
 * The manifest that closes a run; undefined where there is none.
 * @throws VeristampError `run_corrupt` for one that the run's key did not sign, or that is another run's
 */
export async function ownManifest({ run, manifest }: FinishedRun): Promise<Manifest | undefined> {
  if (!isThere(manifest)) return undefined
  const document = readBoundedFile(manifest, MAX_MANIFEST)
  const imported = importRunKey(publicKeyOfRun(run), await runEngine())
  const opened =
    document !== undefined && imported.ok
      ? orRefused(() => ({ ok: true as const, content: openManifest(document, imported.key) }))
      : undefined
  if (!opened?.ok) throw corrupt(manifest, 'foreign_signature', 'not signed by the key of this run')
  if (!isOfRun(opened.content, run))
    throw corrupt(manifest, 'other_run', 'not of this run as it was reserved')
  return opened.content
}

/** True where a manifest closes this run: what it says of the reservation is what the record says. */
export const isOfRun = (manifest: Manifest, run: Reservation): boolean =>
  manifest.run === run.id &&
  (['facility', 'product', 'first', 'last', 'count', 'keyId'] as const).every(
    (field) => manifest[field] === run[field],
  ) &&
  manifest.reserved.getTime() === run.reserved * 1000 &&
  (manifest.sheets !== undefined) === (run.sheet !== undefined)

/** What of a run was lost since its manifest was signed. */
export interface Missing {
  readonly codes: boolean
  readonly sheets: boolean
}

/**
 * Files that are gone, or were begun anew.
 * @throws VeristampError `run_corrupt` for a file that is there and was not signed for
 */
export function missingFiles({ codes, sheets }: FinishedRun, manifest: Manifest): Missing {
  return {
    codes: isThere(`${codes}.marks`) || areMissing([codes], manifest.codes),
    sheets: sheets !== undefined && areMissing(sheets, manifest.sheets!),
  }
}

/** Of volumes one that is gone stands for all: the digest is of all of them. */
function areMissing(files: readonly string[], digest: Uint8Array): boolean {
  if (!files.every(isThere)) return true
  if (equalBytes(digestFiles(files), digest)) return false
  throw corrupt(files.join(', '), 'not_signed_for', 'not what was signed for')
}

const corrupt = (
  file: string,
  fault: 'foreign_signature' | 'other_run' | 'not_signed_for',
  how: string,
): VeristampError =>
  new VeristampError(
    'run_corrupt',
    `${file}: ${how}. Move it away and resume the run: it is then made again`,
    { fault, file },
  )
