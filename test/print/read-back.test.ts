import { execFileSync, spawnSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { svg } from '../../src/print/svg.ts'
import { type Level, symbol } from '../../src/print/symbol.ts'
import { encodeText, encodeUrl } from '../../src/stamp/carrier.ts'
import { signedCode } from '../support/codes.ts'
import { toPbm } from '../support/raster.ts'
import { parseXml, rasterise } from '../support/svg.ts'

const hasReader = spawnSync('zbarimg', ['--version']).status === 0
const skipped = hasReader ? '' : ' (skipped: zbarimg, of zbar-tools, is not installed)'

const code = signedCode(7, { facility: 12, product: 104, serial: 90_001, lot: 'A1', expires: '2026-12-31' })

describe.skipIf(!hasReader)(`a reader of QR codes${skipped}`, () => {
  let folder: string
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'veristamp-'))
  })
  afterAll(() => rmSync(folder, { recursive: true }))

  function read(picture: string): string {
    const file = join(folder, 'symbol.pbm')
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
})
