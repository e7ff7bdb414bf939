import { execFileSync } from 'node:child_process'
import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { seedSigner } from '../../src/ed25519/noble.ts'
import { createIssuer } from '../../src/issue/issuer.ts'
import { symbol } from '../../src/print/symbol.ts'
import type { Stamp } from '../../src/stamp/stamp.ts'
import { doors, type Installed, installPacked } from '../package/packed.ts'

const readme = readFileSync(new URL('../../README.md', import.meta.url), 'utf8')

describe('README.md', () => {
  let app: Installed
  beforeAll(() => {
    app = installPacked()
  })
  afterAll(() => app.remove())

  test('begins with an example that runs as it stands and prints a symbol and a valid stamp', () => {
    const example = /^```js\n(.*?)^```/ms.exec(readme)![1]!
    writeFileSync(join(app.folder, 'example.mjs'), example)
    const printed = execFileSync(process.execPath, ['example.mjs'], { cwd: app.folder, encoding: 'utf8' })
    expect(printed).toMatch(/^<svg .*<\/svg>\n/)
    expect(printed).toContain('valid { facility: 12, product: 104, serial: 90001 }')
  })

  test('names every door', () => {
    for (const door of doors) expect(readme).toContain(`| \`${door}\` |`)
  })

  test('states the sizes that stamps have', async () => {
    const rows: readonly (readonly [number, Stamp])[] = [
      [7, { facility: 12, product: 104, serial: 90_001 }],
      [200, { facility: 201, product: 202, serial: 2 ** 32 - 1 }],
      [7, { facility: 12, product: 104, serial: 90_001, expires: '2027-01-31', lot: 'LOT001' }],
    ]
    for (const [keyId, stamp] of rows) {
      const code = await createIssuer({ keyId, signer: seedSigner(new Uint8Array(32)) }).issue(stamp)
      const at = (level: 'L' | 'M') => `${symbol(code.toText(), { level }).version}-${level}`
      const url = symbol(code.toUrl('HTTPS://TEM.EXAMPLE/QNI/')).version
      expect(readme).toContain(
        `| ${code.bytes.length} bytes | version ${at('L')}, ${at('M')} | version ${url}-M |`,
      )
    }
  })
})
