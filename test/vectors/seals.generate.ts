import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { createIssuer } from '../../src/issue/issuer.ts'
import { hiddenCodeOf, sealStamp } from '../../src/issue/seal.ts'
import { encodePayload } from '../../src/issue/sign-stamp.ts'
import { toHex } from '../../src/lib/bytes.ts'
import type { SealReason } from '../../src/stamp/seal.ts'
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

/** What phones and word processors make of a hyphen. */
const DASHES: readonly (readonly [name: string, dash: string])[] = [
  ['soft hyphens', '\u00ad'],
  ['hyphens of their own', '\u2010'],
  ['hyphens that break no line', '\u2011'],
  ['en dashes', '\u2013'],
  ['em dashes with spaces', ' \u2014 '],
  ['minus signs', '\u2212'],
  ['small hyphens', '\ufe63'],
  ['full-width hyphens', '\uff0d'],
  ['the long sound mark of a Japanese keyboard', '\u30fc'],
]

/** All that SPEC.md has a reader skip. */
const SKIPPED = [
  [0x2d, 0xad, [0x2010, 0x2015], 0x2043, 0x2212, 0x2e3a, 0x2e3b, 0x30fc],
  [0xfe31, 0xfe32, 0xfe58, 0xfe63, 0xff0d, 0xff70],
  [[0x09, 0x0d], 0x20, 0x85, 0xa0, 0x1680, [0x2000, 0x200a], 0x2028, 0x2029, 0x202f, 0x205f, 0x3000],
  [0x61c, 0x180e, [0x200b, 0x200f], [0x202a, 0x202e], [0x2060, 0x2064], [0x2066, 0x2069], 0xfeff],
]
  .flat()
  .map((each) => (typeof each === 'number' ? [each, each] : each) as [number, number])
  .flatMap(([first, last]) => Array.from({ length: last - first + 1 }, (_, at) => first + at))
  .map((unit) => String.fromCharCode(unit))
  .join('')

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
    good('with a skipped sign of every kind, 200 units', SKIPPED.padEnd(200 - letters.length) + letters),
    ...DASHES.map(([name, dash]) => good(`with ${name} for hyphens`, printed.replaceAll('-', dash))),
    good('with no-break spaces', printed.replaceAll('-', '\u00a0')),
    good('on four lines', `${printed.replaceAll('-', '\r\n')}\r\n`),
    good('marked as left to right, as messengers do', `\u2066${printed}\u2069\u200e`),
    good('O for 0', letters.replaceAll('0', 'O')),
    good('o for 0', letters.replaceAll('0', 'o')),
    good('I for 1', letters.replaceAll('1', 'I')),
    good('l for 1', letters.replaceAll('1', 'l')),
    bad("another stamp's", other, 'hidden_code_wrong'),
    bad('two letters changed places', letters.replace(/^(.)(.)/, '$2$1'), 'hidden_code_wrong'),
    bad('a letter missing', letters.slice(1), 'hidden_code_length'),
    bad('a letter too many', `${letters}2`, 'hidden_code_length'),
    bad('spaces and hyphens alone', ' - - - ', 'hidden_code_length'),
    bad('201 units, of which all but 16 are skipped', letters.padEnd(201), 'hidden_code_length'),
    bad('201 units with letters of none: the length is asked first', '*'.repeat(201), 'hidden_code_length'),
    bad('too short, with a letter of none: letters are asked first', '*', 'hidden_code_letter'),
    bad('nothing', '', 'hidden_code_length'),
    bad('half of it: below 80 bits', letters.slice(0, 8), 'hidden_code_length'),
    bad('a U', `U${letters.slice(1)}`, 'hidden_code_letter'),
    bad('an underscore for a hyphen', printed.replaceAll('-', '_'), 'hidden_code_letter'),
    bad('a full-width digit', `\uff10${letters.slice(1)}`, 'hidden_code_letter'),
    bad('a dotless i', `\u0131${letters.slice(1)}`, 'hidden_code_letter'),
    bad('an asterisk', `*${letters.slice(1)}`, 'hidden_code_letter'),
    { name: 'a stamp without a seal', text: unsealed, typed: printed, reason: 'unsealed' },
    { name: 'a text of 585 units with its line ends', text: text.padEnd(585, '\n'), typed: `${printed}\t\t` },
    ...[586, 592, 593].map((length) => ({
      name: `a text of ${length} units with its line ends`,
      text: text.padEnd(length, '\n'),
      typed: printed,
      reason: 'malformed' as const,
    })),
    { name: 'a text that is no stamp', text: 'HTTPS://TEM.EXAMPLE/', typed: printed, reason: 'malformed' },
    { name: 'a text that is no stamp, and nothing typed', text: '', typed: '', reason: 'malformed' },
    { name: 'a stamp without a seal, and an asterisk', text: unsealed, typed: '*', reason: 'unsealed' },
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
