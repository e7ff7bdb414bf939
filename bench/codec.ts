import { decode as decodeStrictly } from '@digitalbazaar/base45'
import base45Loose from 'base45'
import { Decoder } from 'cbor-x/decode-no-eval'
import { decodeBase45, encodeBase45 } from '../src/codec/base45.ts'
import { decodeCbor } from '../src/codec/cbor.ts'
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
  const decoder = new Decoder({ mapsAsObjects: false, useRecords: false })
  const contestants = {
    decodeBase45: reading(base45, decodeBase45, codes),
    '@digitalbazaar/base45': reading(base45, (text) => decodeStrictly(text), codes),
    base45: reading(base45, (text) => base45Loose.decode(text), codes),
    decodeDigits: reading(digits, decodeDigits, codes),
    decodeCbor: numbers(payloads, decodeCbor),
    'cbor-x': numbers(payloads, (bytes) => decoder.decode(bytes)),
  }
  const timings = await interleave(contestants, { rounds: ROUNDS, items: COUNT })
  const rows = [
    ['decodeBase45', '@digitalbazaar/base45'],
    ['decodeBase45', 'base45'],
    ['decodeDigits', 'base45'],
    ['decodeCbor', 'cbor-x'],
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
