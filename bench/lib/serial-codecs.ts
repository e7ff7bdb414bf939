import assert from 'node:assert/strict'
import { deflateSync, inflateSync } from 'node:zlib'
import roaring from 'roaring-wasm'
import { hasSerial } from '../../src/revocation/serial-set.ts'
import { serialSetOf } from '../../src/revocation/serial-set-algebra.ts'
import { decodeSerialSet } from '../../src/revocation/serial-set-reader.ts'
import { encodeSerialSet } from '../../src/revocation/serial-set-writer.ts'
import { BloomFilter } from './bloom.ts'

/** Spells ascending serials below `issued`, and reads them. */
export interface SerialCodec {
  encode(serials: Uint32Array, issued: number): Uint8Array
  /** A membership test. */
  load(bytes: Uint8Array): Loaded
}

export interface Loaded {
  has(serial: number): boolean
  /** Gives back memory that no garbage collector sees. */
  dispose?(): void
}

/** To be awaited before the first use. */
export const codecsReady = (): Promise<unknown> => roaring.roaringLibraryInitialize()

export const CODECS: Readonly<Record<string, SerialCodec>> = {
  SerialSet: {
    encode: (serials) => encodeSerialSet(serialSetOf(serials)),
    load: (bytes) => {
      const set = decodeSerialSet(bytes)
      return { has: (serial) => hasSerial(set, serial) }
    },
  },
  /** IETF Token Status List: one bit a serial, compressed by zlib at its highest level. */
  'Token Status List': {
    encode: (serials, issued) => deflateSync(bitstring(serials, issued), { level: 9 }),
    load: (bytes) => {
      const bits = inflateSync(bytes)
      return { has: (serial) => ((bits[serial >> 3] ?? 0) & (1 << (serial & 7))) !== 0 }
    },
  },
  Roaring: {
    encode: (serials) => {
      const bitmap = new roaring.RoaringBitmap32(serials)
      bitmap.runOptimize()
      const bytes = bitmap.serialize('portable')
      bitmap.dispose()
      return bytes
    },
    load: (bytes) => roaring.RoaringBitmap32.deserialize('portable', bytes),
  },
  /** Not exact: it calls one genuine stamp in a million revoked. */
  'Bloom filter 1e-6': {
    encode: (serials) => {
      const filter = new BloomFilter(serials.length)
      for (const serial of serials) filter.add(serial)
      // Every revoked serial is found; nothing more can be asked of it.
      assert(serials.every((serial) => filter.has(serial)))
      return filter.bytes
    },
    load: () => assert.fail('read by nobody here'),
  },
}

export const EXACT_CODECS = ['SerialSet', 'Token Status List', 'Roaring'] as const

/** Loads the bytes and asks every serial below `issued`: nothing may be lost, and nothing come to it. */
export function assertExact(codec: string, bytes: Uint8Array, serials: Uint32Array, issued: number): void {
  const loaded = CODECS[codec]!.load(bytes)
  const members = bitstring(serials, issued)
  for (let serial = 0; serial < issued; serial++) {
    const isMember = (members[serial >> 3]! & (1 << (serial & 7))) !== 0
    if (loaded.has(serial) !== isMember) assert.fail(`${codec}: a wrong answer for ${serial}`)
  }
  loaded.dispose?.()
}

function bitstring(serials: Uint32Array, issued: number): Uint8Array {
  const bits = new Uint8Array(Math.ceil(issued / 8))
  for (const serial of serials) bits[serial >> 3]! |= 1 << (serial & 7)
  return bits
}
