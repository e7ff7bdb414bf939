import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Level } from '../../src/print/level.ts'
import { png } from '../../src/print/png.ts'
import { createPress } from '../../src/print/press/press.ts'
import { svg } from '../../src/print/svg.ts'
import { symbol } from '../../src/print/symbol.ts'
import { zpl } from '../../src/print/zpl.ts'
import { encodeText, encodeUrl } from '../../src/stamp/carrier.ts'
import { signedCode } from '../support/codes.ts'
import { toPbm } from '../support/raster.ts'
import { parseXml, rasterise } from '../support/svg.ts'
import { decodeZpl } from '../support/zpl.ts'

const hasReader = spawnSync('zbarimg', ['--version']).status === 0
const skipped = hasReader ? '' : ' (skipped: zbarimg, of zbar-tools, is not installed)'

const code = signedCode(7, { facility: 12, product: 104, serial: 90_001, lot: 'A1', expires: '2026-12-31' })

describe.skipIf(!hasReader)(`a reader of QR codes${skipped}`, () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'veristamp-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  function read(picture: string | Uint8Array, name = 'symbol.pbm'): string {
    const file = join(folder, name)
    writeFileSync(file, picture)
    const output = execFileSync('zbarimg', ['--quiet', '--raw', file], { encoding: 'utf8', stdio: 'pipe' })
    return output.replace(/\n$/, '')
  }

  it.each<[string, Level, string]>([
    ['base45', 'L', encodeText(code, 'base45')],
    ['base45', 'M', encodeText(code, 'base45')],
    ['base45', 'Q', encodeText(code, 'base45')],
    ['base45', 'H', encodeText(code, 'base45')],
    ['digits', 'M', encodeText(code, 'digits')],
    ['url', 'M', encodeUrl(code, 'HTTPS://TEM.EXAMPLE/QNI/')],
    ['every letter', 'M', ' 0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ$%*+-./:'],
  ])('reads %s at level %s back from the SVG', (_carrier, level, text) => {
    const picture = rasterise(parseXml(svg(symbol(text, { level }))))
    expect(read(toPbm(picture, 4))).toBe(text)
  })

  it.each([3, 4, 8])('reads a PNG of the press with %i pixels a module', (dots) => {
    const text = encodeUrl(code, 'HTTPS://TEM.EXAMPLE/QNI/')
    expect(read(png(createPress().symbol(text), { dots }), 'symbol.png')).toBe(text)
  })

  it.each([3, 4, 8])('reads a ZPL graphic of the press with %i dots a module', (dots) => {
    const text = encodeText(code, 'digits')
    const { rowBytes, bytes } = decodeZpl(zpl(createPress().symbol(text), { dots }))
    const header = `P4\n${rowBytes * 8} ${bytes.length / rowBytes}\n`
    expect(read(Buffer.concat([Buffer.from(header), bytes]))).toBe(text)
  })
})
