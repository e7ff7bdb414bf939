import { writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { toHex } from '../../src/lib/bytes.ts'
import { decodePins, encodePins, fingerprintOf, type Pins } from '../../src/trust/pins.ts'
import { EXAMPLE, gate, market, root } from './lists.ts'

/** Makes pins.json: `npx tsx test/vectors/pins.generate.ts`. */

const { authority } = EXAMPLE
const plain: Pins = { authority, roots: { version: 1, threshold: 1, keys: [root.publicKey] } }
const whole: Pins = {
  authority,
  roots: { version: 3, threshold: 2, keys: [root, gate, market].map(({ publicKey }) => publicKey) },
  lists: 'https://tem.example/qni/',
  place: 'Chợ Hạ Long',
}
const key = toHex(root.publicKey)
const roots = { version: 1, threshold: 1, keys: [key] }
const sound = { kind: 'veristamp-pins', authority, roots }

const json = (changes: object = {}): string => JSON.stringify({ ...sound, ...changes })
const rooted = (changes: object): string => json({ roots: { ...roots, ...changes } })
const base64url = Buffer.from(root.publicKey).toString('base64url')
const many = (count: number) =>
  Array.from({ length: count }, (_, at) => (at + 1).toString(16).padStart(64, '0'))

/** Name, text, what it says. Where the text is not what `encodePins` writes, it is one that readers take all the same. */
const VALID: readonly (readonly [string, string])[] = [
  ["SPEC.md's example", encodePins(plain)],
  ['all fields', encodePins(whole)],
  [
    'on one line, in another order',
    JSON.stringify({ roots: { keys: [key], threshold: 1, version: 1 }, authority, kind: sound.kind }),
  ],
  ['a file of version 0.1', json({ kind: 'veristamp-kiosk-setup', place: 'kiosk' })],
  ['a byte order mark in front', `\ufeff${json()}`],
  ['a key in capital digits', rooted({ keys: [key.toUpperCase()] })],
  ['a key in base64url', rooted({ keys: [base64url] })],
  ['16 keys that must all sign', rooted({ threshold: 16, keys: many(16) })],
  [
    'a port and the names that URLs may have',
    json({ lists: 'https://xn--tem-abc.example:8443/a~b_c.d-e/.well-known/' }),
  ],
  ['a place of 200 units', json({ place: '𝔸'.repeat(100) })],
  ['a colon and quotes in a place', json({ place: '"authority": "\\' })],
  ['a text of 16384 units', json().padEnd(16_384)],
]

const FAILING: readonly (readonly [string, string])[] = [
  ['a text of 16385 units', json().padEnd(16_385)],
  ['an empty text', ''],
  ['two objects', json() + json()],
  ['an array', `[${json()}]`],
  ['null', 'null'],
  ['a comma at the end', `${json().slice(0, -1)},}`],
  ['no kind', JSON.stringify({ authority, roots })],
  ['another kind', json({ kind: 'veristamp-backup' })],
  ['a kind in capitals', json({ kind: 'VERISTAMP-PINS' })],
  ['a kind that is no text', json({ kind: ['veristamp-pins'] })],
  ['a field twice', json().replace('{', `{"authority":"vn-haiphong",`)],
  ['a field of roots twice', json().replace('"threshold"', '"threshold":1,"threshold"')],
  ['a field twice, once escaped', json().replace('{', '{"\\u0061uthority":"vn-haiphong",')],
  ['an unknown field', json({ revocation: key })],
  ['an unknown field of roots', rooted({ treshold: 2 })],
  ['a field called __proto__', json().replace('{', '{"__proto__":{},')],
  ['no authority', json({ authority: undefined })],
  ['an authority in capitals', json({ authority: 'VN-QUANGNINH' })],
  ['no roots', json({ roots: undefined })],
  ['roots that are an array', json({ roots: [] })],
  ['no version', rooted({ version: undefined })],
  ['version 0', rooted({ version: 0 })],
  ['a version above 2^53 - 1', rooted({ version: 2 ** 53 })],
  ['a version with a fraction', rooted({ version: 1.5 })],
  ['a threshold that is a text', rooted({ threshold: '1' })],
  ['a threshold above the keys', rooted({ threshold: 2 })],
  ['no keys', rooted({ keys: [] })],
  ['17 keys', rooted({ keys: many(17) })],
  ['a key twice', rooted({ keys: [key, key] })],
  ['a key twice, in two spellings', rooted({ keys: [key, base64url] })],
  ['a key of 31 bytes', rooted({ keys: [key.slice(2)] })],
  ['a key in base64 with padding', rooted({ keys: [`${base64url}=`] })],
  ['a key in base64url with bits of no byte', rooted({ keys: [`${'A'.repeat(42)}B`] })],
  ['an address without https', json({ lists: 'http://tem.example/' })],
  ['an address in capitals', json({ lists: 'HTTPS://TEM.EXAMPLE/' })],
  ['an address that does not end in /', json({ lists: 'https://tem.example/lists.json' })],
  ['an address with a user', json({ lists: 'https://tem@example/' })],
  ['an address with a query', json({ lists: 'https://tem.example/?/' })],
  ['an address of numbers', json({ lists: 'https://192.0.2.1/' })],
  ['an address with two dots for a name', json({ lists: 'https://tem.example/../' })],
  ['an address with port 443', json({ lists: 'https://tem.example:443/' })],
  ['an address of 201 units', json({ lists: `https://tem.example/${'a'.repeat(180)}/` })],
  ['an address that is null', json({ lists: null })],
  ['an empty place', json({ place: '' })],
  ['a place of 201 units', json({ place: 'x'.repeat(201) })],
  ['a place with half a surrogate pair', json({ place: '\ud800' })],
]

/** What pins.json holds. */
export function pinsVectors(): string {
  const vectors = {
    valid: VALID.map(([name, text]) => {
      const decoded = decodePins(text)
      if (!decoded.ok) throw new Error(`${name}: ${decoded.reason} ${decoded.detail}`)
      const { pins } = decoded
      const said = { ...pins, roots: { ...pins.roots, keys: pins.roots.keys.map(toHex) } }
      return { name, text, pins: said, fingerprint: fingerprintOf(pins), written: encodePins(pins) }
    }),
    failing: FAILING.map(([name, text]) => {
      const decoded = decodePins(text)
      if (decoded.ok) throw new Error(`${name}: is pins`)
      return { name, text, reason: decoded.reason, detail: decoded.detail }
    }),
  }
  return `${JSON.stringify(vectors, null, 2)}\n`
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  writeFileSync(new URL('pins.json', import.meta.url), pinsVectors())
}
