import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { openCheckReport } from '../../src/scanlog/check-report.ts'
import { checkReportVectors } from './check-reports.generate.ts'

interface Vector {
  readonly name: string
  readonly document: string
}

const text = readFileSync(new URL('check-reports.json', import.meta.url), 'utf8')
const vectors = JSON.parse(text)
const valid: (Vector & { files: string[] })[] = vectors.valid
const failing: (Vector & { reason: string; detail?: string })[] = vectors.failing

const fromHex = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))
const scanners = vectors.scanners.map((scanner: { publicKey: string; place: string }) => ({
  ...scanner,
  publicKey: fromHex(scanner.publicKey),
}))
const open = ({ document }: Vector) =>
  openCheckReport(fromHex(document), { trustLists: [{ authority: vectors.authority, scanners }] })

describe('the file of check reports', () => {
  it('is what the generator makes', () => {
    expect(text).toBe(checkReportVectors())
  })
})

describe('a check report', () => {
  it.each(valid)('is read: $name', (vector) => {
    const opened = open(vector)
    const digest = fromHex(vectors.digest)
    const files = vector.files.map((name) => ({ name, size: vectors.text.length, digest }))
    expect(opened).toMatchObject({ ok: true, report: { authority: vectors.authority, files } })
  })

  it.each(failing)('is refused as $reason: $name', ({ reason, detail, ...vector }) => {
    expect(open(vector)).toMatchObject({ ok: false, reason, ...(detail && { detail }) })
  })
})
