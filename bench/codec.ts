import { decode as decodeStrictly } from '@digitalbazaar/base45'
import base45Loose from 'base45'
import { Decoder, Encoder } from 'cbor-x/index-no-eval'
import { decodeBase45, encodeBase45 } from '../src/codec/base45.ts'
import { decodeCbor, encodeCbor } from '../src/codec/cbor.ts'
import type { CborValue } from '../src/codec/cbor-value.ts'
import { decodeDigits, encodeDigits } from '../src/codec/digits.ts'
import { equalBytes } from '../src/lib/bytes.ts'
import { splitCode } from '../src/stamp/code.ts'
import { interleave } from './lib/interleave.ts'
import type { Measurement } from './lib/results.ts'
import { stampRun } from './lib/stamp-run.ts'

const COUNT = 512
const ROUNDS = 60

/** What it takes to read a stamp before its signature is verified: its text to bytes, its payload to values. */
export async function run(): Promise<Measurement[]> {
  const codes = (await stampRun(COUNT)).stamps.map(({ text }) => decodeBase45(text))
  const [base45, digits] = [codes.map(encodeBase45), codes.map(encodeDigits)]
  const payloads = codes.map((code) => splitCode(code).payload)
  const values = payloads.map((payload) => decodeCbor(payload))
  const encoder = new Encoder({ mapsAsObjects: false, useRecords: false })
  const decoder = new Decoder({ mapsAsObjects: false, useRecords: false })
  const contestants = {
    decodeBase45: reading(base45, decodeBase45, codes),
    '@digitalbazaar/base45': reading(base45, (text) => decodeStrictly(text), codes),
    base45: reading(base45, (text) => base45Loose.decode(text), codes),
    decodeDigits: reading(digits, decodeDigits, codes),
    decodeCbor: numbers(payloads, decodeCbor),
    'cbor-x': numbers(payloads, (bytes) => decoder.decode(bytes)),
    encodeCbor: writing(values, encodeCbor, payloads),
    'cbor-x, writing': writing(values, (value) => encoder.encode(value).slice(), payloads),
  }
  const timings = await interleave(contestants, { rounds: ROUNDS, items: COUNT })
  const rows = [
    ['decodeBase45', '@digitalbazaar/base45'],
    ['decodeBase45', 'base45'],
    ['decodeDigits', 'base45'],
    ['decodeCbor', 'cbor-x'],
    ['encodeCbor', 'cbor-x, writing'],
  ] as const
  return rows.map(([subject, peer]) => ({
    subject,
    peer,
    ratio: timings[peer]!.median / timings[subject]!.median,
    medianMicroseconds: timings[subject]!.median,
    spread: timings[subject]!.spread,
  }))
}

const reading =
  (texts: readonly string[], decode: (text: string) => Uint8Array, codes: readonly Uint8Array[]) => () =>
    texts.forEach((text, i) => {
      if (!equalBytes(decode(text), codes[i]!)) throw new Error('other bytes')
    })

const numbers = (payloads: readonly Uint8Array[], decode: (bytes: Uint8Array) => unknown) => () =>
  payloads.forEach((payload, i) => {
    if ((decode(payload) as number[])[3] !== 90_001 + i) throw new Error('another serial')
  })

const writing =
  (values: readonly CborValue[], encode: (value: CborValue) => Uint8Array, payloads: readonly Uint8Array[]) =>
  () =>
    values.forEach((value, i) => {
      if (!equalBytes(encode(value), payloads[i]!)) throw new Error('other bytes')
    })
