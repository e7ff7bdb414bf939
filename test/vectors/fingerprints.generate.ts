import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { toHex } from '../../src/lib/bytes.ts'
import { type Pins as AnyPins, fingerprintOf } from '../../src/trust/pins.ts'
import { EXAMPLE, gate, market, root, signers } from './lists.ts'

/** Makes fingerprints.json: `npx tsx test/vectors/fingerprints.generate.ts`. */

type Pins = AnyPins & { readonly roots: { readonly version: number } }
type Named = readonly [name: string, pins: Pins]

const { authority } = EXAMPLE
const keys = [root, gate, market].map(({ publicKey }) => publicKey)
const EXAMPLE_PINS: Pins = { authority, roots: { version: 1, threshold: 1, keys: [root.publicKey] } }
const THREE: Pins = { authority, roots: { version: 1, threshold: 2, keys } }
const pinning = (roots: Partial<Pins['roots']>): Pins => ({ ...THREE, roots: { ...THREE.roots, ...roots } })
const many = (count: number) => Array.from({ length: count }, (_, at) => new Uint8Array(32).fill(count - at))

const VALID: readonly Named[] = [
  ["SPEC.md's example", EXAMPLE_PINS],
  ['three keys', THREE],
  ['three keys in another order: the same', pinning({ keys: [...keys].reverse() })],
  ['another threshold', pinning({ threshold: 1 })],
  ['a later version', pinning({ version: 2 })],
  ['a version of eight bytes', pinning({ version: Number.MAX_SAFE_INTEGER })],
  ['another key', pinning({ keys: [root.publicKey, gate.publicKey, signers.mill.publicKey] })],
  ['a key less', pinning({ keys: keys.slice(1) })],
  ['another authority', { ...THREE, authority: 'vn-haiphong' }],
  [
    'an authority of 64 letters, 16 keys that must all sign',
    {
      authority: 'a'.repeat(64),
      roots: { version: 24, threshold: 16, keys: many(16) },
    },
  ],
]

const REFUSED: readonly Named[] = [
  ['no authority', { ...THREE, authority: '' }],
  ['an authority in upper case', { ...THREE, authority: 'VN-QUANGNINH' }],
  ['an authority of 65 letters', { ...THREE, authority: 'a'.repeat(65) }],
  ['version 0', pinning({ version: 0 })],
  ['threshold 0', pinning({ threshold: 0 })],
  ['a threshold above the keys', pinning({ threshold: 4 })],
  ['no keys', pinning({ keys: [] })],
  ['17 keys', pinning({ keys: many(17) })],
  ['a key twice', pinning({ keys: [...keys, root.publicKey] })],
  ['a key of 31 bytes', pinning({ keys: [...keys, new Uint8Array(31)] })],
]

const asJson = ([name, { authority, roots }]: Named) => ({
  name,
  authority,
  roots: { ...roots, keys: roots.keys.map(toHex) },
})

/** What fingerprints.json holds. */
export function fingerprintVectors(): string {
  const vectors = {
    valid: VALID.map((each) => ({ ...asJson(each), fingerprint: fingerprintOf(each[1]) })),
    refused: REFUSED.map(asJson),
  }
  return `${JSON.stringify(vectors, null, 2)}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('fingerprints.json', import.meta.url), fingerprintVectors())
}
