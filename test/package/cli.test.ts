import { spawnSync } from 'node:child_process'
import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { png } from '../../src/print/png.ts'
import { symbol } from '../../src/print/symbol.ts'
import { type Installed, installPacked } from './packed.ts'

const FACILITIES = new URL('../../examples/quang-ninh/facilities.csv', import.meta.url)
const PRODUCTS = new URL('../../examples/quang-ninh/products.csv', import.meta.url)

/** Runs the installed command line. */
function say({ folder }: Installed, ...argv: string[]) {
  const file = join(folder, 'node_modules/veristamp/dist/cli.js')
  const { status, stdout, stderr } = spawnSync(process.execPath, [file, ...argv], {
    cwd: folder,
    encoding: 'utf8',
    env: { LANG: 'C' },
  })
  return { exit: status, out: stdout, err: stderr }
}

describe('the command line as it is installed', () => {
  let app: Installed
  beforeAll(async () => {
    app = await installPacked()
    cpSync(FACILITIES, join(app.folder, 'facilities.csv'))
    cpSync(PRODUCTS, join(app.folder, 'products.csv'))
    for (const line of [
      'init a.example --facilities facilities.csv --products products.csv',
      'keygen --no-encrypt',
      'trust build',
    ]) {
      expect(say(app, ...line.split(' '))).toMatchObject({ exit: 0, err: '' })
    }
  })
  afterAll(() => app.remove())

  test('reads pictures', () => {
    writeFileSync(join(app.folder, 'code.png'), png(symbol('NO STAMP')))
    const { exit, out } = say(app, 'verify', '--file', 'code.png')
    expect([exit, out]).toEqual([1, expect.stringContaining('code.png#1: invalid/malformed')])
  })

  test('makes labels', () => {
    const { exit, out } = say(app, 'issue', '--product', '104', '--count', '2')
    expect([exit, out]).toEqual([0, expect.stringContaining('sheets.pdf')])
  })
})
