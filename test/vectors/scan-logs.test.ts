import { createHash } from 'node:crypto'
import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openScanLog } from '../../src/scanlog/scan-log.ts'
import { decodeText } from '../../src/stamp/carrier.ts'
import { scanLogVectors } from './scan-logs.generate.ts'

interface Vector {
  readonly name: string
  readonly file: string
}

const text = readFileSync(new URL('scan-logs.json', import.meta.url), 'utf8')
const vectors = JSON.parse(text)
const valid: (Vector & { added: number; future: number; undone: number })[] = vectors.valid
const failing: (Vector & { reason: string; detail?: string })[] = vectors.failing

const fromHex = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))
const now = new Date(vectors.now)

const openLog = () => {
  const scanners = vectors.scanners.map((scanner: { publicKey: string; place: string }) => ({
    ...scanner,
    publicKey: fromHex(scanner.publicKey),
  }))
  return openScanLog({ place: 'reader', trustLists: [{ authority: vectors.authority, scanners }] })
}

describe('the file of scan logs', () => {
  it('is what the generator makes', () => {
    expect(text).toBe(scanLogVectors())
  })

  it('names the code by the SHA-256 of its bytes', () => {
    const { code } = decodeText(vectors.text)
    expect(createHash('sha256').update(code).digest('hex').slice(0, 32)).toBe(vectors.code)
  })

  it('holds the body that it shows', () => {
    expect(valid[0]!.file).toContain(vectors.body)
  })

  it('fails for every reason but an unsound key', () => {
    expect([...new Set(failing.map(({ reason }) => reason))].sort()).toEqual([
      'bad_signature',
      'duplicate_signature',
      'malformed',
      'unknown_scanner',
      'wrong_authority',
      'wrong_place',
      'wrong_type',
    ])
  })
})

describe('a file of scan documents', () => {
  it.each(valid)('is merged: $name', async ({ file, added, future, undone }) => {
    const log = await openLog()
    expect(log.merge(fromHex(file), { now })).toMatchObject({ ok: true, added, future, undone })
    const { authority, stamp } = vectors
    const verdict = { status: 'valid' as const, checkedAt: now, authority, stamp }
    expect(log.look(vectors.text, verdict).answer).toBe(added > 0 ? 'seen_elsewhere' : 'first_seen')
  })

  it.each(failing)('is refused as $reason: $name', async ({ file, reason, detail }) => {
    const log = await openLog()
    expect(log.merge(fromHex(file), { now })).toMatchObject({ ok: false, reason, ...(detail && { detail }) })
    expect(log.size).toBe(0)
  })
})
