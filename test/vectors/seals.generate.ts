import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createIssuer } from '../../src/issue/issuer.ts'
import { sealStamp } from '../../src/issue/seal.ts'
import { encodePayload } from '../../src/issue/sign-stamp.ts'
import { toHex } from '../../src/lib/bytes.ts'
import { hiddenCodeOf, type SealReason } from '../../src/stamp/seal.ts'
import type { Stamp } from '../../src/stamp/stamp.ts'
import { seedFrom, signers } from './lists.ts'

/** Makes seals.json: `npx tsx test/vectors/seals.generate.ts`. */

const SECRET = seedFrom(0xd0)
const KEY_ID = 7
const PLAIN = { facility: 12, product: 104, serial: 90_001 }

interface Source {
  readonly name: string
  readonly stamp: Stamp
  readonly length?: number
  readonly secret?: Uint8Array
}

const SOURCES: readonly Source[] = [
  { name: "SPEC.md's example, sealed", stamp: PLAIN },
  { name: 'the next serial', stamp: { ...PLAIN, serial: 90_002 } },
  { name: 'a secret of 40 bytes', stamp: PLAIN, secret: Uint8Array.from({ length: 40 }, (_, at) => 7 * at) },
  { name: 'a seal of 8 bytes', stamp: PLAIN, length: 8 },
  { name: 'a seal of 16 bytes', stamp: PLAIN, length: 16 },
  {
    name: 'claims before the seal',
    stamp: { ...PLAIN, lot: 'L-01', made: '2026-01-02', expires: '2026-12-31' },
  },
  { name: 'claims on both sides of the seal', stamp: { ...PLAIN, lot: 'A', extensions: new Map([[16, 1]]) } },
  {
    name: 'a claim after the seal that no reader knows',
    stamp: { ...PLAIN, extensions: new Map([[23, 'chè']]) },
  },
]

async function stages({ name, stamp, length, secret = SECRET }: Source) {
  const sealed = sealStamp(stamp, { keyId: KEY_ID, secret, ...(length !== undefined && { length }) })
  const unsealed = encodePayload(KEY_ID, stamp)
  const code = await createIssuer({ keyId: KEY_ID, signer: signers.example }).issue(sealed.stamp)
  return {
    name,
    secret: toHex(secret),
    unsealed: toHex(unsealed),
    hiddenCode: toHex(hiddenCodeOf(secret, unsealed)),
    printed: sealed.hiddenCode,
    seal: toHex(sealed.stamp.seal!),
    payload: toHex(encodePayload(KEY_ID, sealed.stamp)),
    base45: code.toText('base45'),
  }
}

interface Typed {
  readonly name: string
  readonly text: string
  readonly typed: string
  readonly reason?: SealReason
}

/** What people type for a stamp whose hidden code has a 0 and a 1. */
function typedFor(text: string, printed: string, other: string, unsealed: string): readonly Typed[] {
  const letters = printed.replaceAll('-', '')
  const good = (name: string, typed: string): Typed => ({ name, text, typed })
  const bad = (name: string, typed: string, reason: SealReason): Typed => ({ name, text, typed, reason })
  return [
    good('as it is printed', printed),
    good('without hyphens', letters),
    good('in small letters', letters.toLowerCase()),
    good('with spaces', ` ${letters.replace(/(..)/g, '$1 ')}`),
    good('O for 0', letters.replaceAll('0', 'O')),
    good('o for 0', letters.replaceAll('0', 'o')),
    good('I for 1', letters.replaceAll('1', 'I')),
    good('l for 1', letters.replaceAll('1', 'l')),
    bad("another stamp's", other, 'hidden_code_wrong'),
    bad('two letters changed places', letters.replace(/^(.)(.)/, '$2$1'), 'hidden_code_wrong'),
    bad('a letter missing', letters.slice(1), 'hidden_code_length'),
    bad('a letter too many', `${letters}2`, 'hidden_code_length'),
    bad('nothing', '', 'hidden_code_length'),
    bad('half of it: below 80 bits', letters.slice(0, 8), 'hidden_code_length'),
    bad('a U', `U${letters.slice(1)}`, 'hidden_code_letter'),
    bad('an asterisk', `*${letters.slice(1)}`, 'hidden_code_letter'),
    { name: 'a stamp without a seal', text: unsealed, typed: printed, reason: 'unsealed' },
    { name: 'a text that is no stamp', text: 'HTTPS://TEM.EXAMPLE/', typed: printed, reason: 'malformed' },
  ]
}

/** What seals.json holds. */
export async function sealVectors(): Promise<string> {
  const seals = await Promise.all(SOURCES.map(stages))
  const [other, both] = [seals[0]!, seals[6]!]
  const plain = await createIssuer({ keyId: KEY_ID, signer: signers.example }).issue(PLAIN)
  const typed = typedFor(both.base45, both.printed, other.printed, plain.toText('base45'))
  return `${JSON.stringify({ seals, typed }, null, 2)}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('seals.json', import.meta.url), await sealVectors())
}
