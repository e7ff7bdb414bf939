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

describe.each([
  ['with all its dependencies', true],
  ['without the optional ones', false],
])('the command line, installed %s', (_, optional) => {
  let app: Installed
  beforeAll(() => {
    app = installPacked({ optional })
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

  test('reads pictures, or says what that takes', () => {
    writeFileSync(join(app.folder, 'code.png'), png(symbol('NO STAMP')))
    const { exit, out, err } = say(app, 'verify', '--file', 'code.png')
    if (optional) expect([exit, out]).toEqual([1, expect.stringContaining('code.png#1: invalid/malformed')])
    else expect([exit, err]).toEqual([2, expect.stringContaining('npm install zxing-wasm@3')])
  })

  test('makes labels, or says what that takes', () => {
    const { exit, out, err } = say(app, 'issue', '--product', '104', '--count', '2')
    if (optional) expect([exit, out]).toEqual([0, expect.stringContaining('sheets.pdf')])
    else expect([exit, err]).toEqual([2, expect.stringContaining('be-vietnam-pro')])
  })
})
