import { createPrivateKey } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Signer } from '../../src/ed25519/signer.ts'
import { keyObjectSigner } from '../../src/node/signers/key-object-signer.ts'
import type { SheetFonts } from '../../src/print/sheet/document.ts'
import type { RunJob } from '../../src/run/job.ts'
import type { RunTools } from '../../src/run/tools.ts'

/** Print jobs of one press, the same on every machine. */

export const PRESS_SEED = '000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f'

export const keySigner = (seed: string): Signer => {
  const der = Buffer.from(`302e020100300506032b657004220420${seed}`, 'hex')
  return keyObjectSigner(createPrivateKey({ key: der, format: 'der', type: 'pkcs8' }))
}

export const RESERVED = new Date('2026-03-01T08:00:00Z')
export const PASSPHRASE = 'chè Ba Chẽ'

export const REACH = {
  keyId: 7,
  scope: [
    { facility: 12, product: 104, first: 1, last: 9_999 },
    { facility: 12, product: 104, first: 20_000, last: 29_999 },
    { facility: 13 },
  ],
}

export const JOB: RunJob = { facility: 12, product: 104, count: 40, lot: 'T3', expires: '2027-03-01' }

/** The same with hidden codes and sheets. */
export const SEALED: RunJob = {
  ...JOB,
  sealed: true,
  carrier: 'url',
  prefix: 'HTTPS://TEM.QUANGNINH.VN/',
  sheet: { stock: 'a4-65', version: 8, product: 'Trà hoa vàng', facility: 'HTX Ba Chẽ', stars: 4 },
}

export const toolsOf = (fonts: SheetFonts, more: Partial<RunTools> = {}): RunTools => ({
  signer: keySigner(PRESS_SEED),
  passphrase: PASSPHRASE,
  fonts,
  chunk: 12,
  ...more,
})

/** With sheets, and no secret: every journal comes to the same files. */
export const PLAIN: RunJob = { ...SEALED, sealed: false }

/** The files of a run that it is judged by: all but its secret's and its locks. */
export function outputsOf(folder: string): Map<string, Buffer> {
  const names = readdirSync(folder).filter((name) => !name.startsWith('lock.') && name !== 'secret.json')
  return new Map(names.sort().map((name) => [name, readFileSync(join(folder, name))]))
}
