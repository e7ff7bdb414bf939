import { describe, expect, test } from 'vitest'
import { thousandsASecond } from '../../bench/lib/pages.ts'
import { readRows } from '../../bench/lib/results.ts'
import { seedSigner } from '../../src/ed25519/noble/signer.ts'
import { createIssuer } from '../../src/issue/issuer.ts'
import { symbol } from '../../src/print/symbol.ts'
import type { Stamp } from '../../src/stamp/stamp.ts'
import { doors } from '../package/packed.ts'
import { read } from './pages.ts'

const readme = read('README.md')

describe('README.md', () => {
  test('is short enough to be read', () => {
    expect(Buffer.byteLength(readme)).toBeLessThanOrEqual(8192)
  })

  test('names every door', () => {
    for (const door of doors) expect(readme).toContain(`| \`${door}\` |`)
  })

  test('names every chapter', () => {
    for (const chapter of ['apps', 'printers', 'authorities', 'kiosks', 'lists', 'scan-logs', 'performance'])
      expect(readme).toContain(`(docs/${chapter}.md)`)
  })

  test('tells the speed that was measured', async () => {
    expect(readme).toContain(`one core checks ${thousandsASecond(await readRows())},000 stamps a second`)
  })
})

test('docs/printers.md states the sizes that stamps have', async () => {
  const rows: readonly (readonly [number, Stamp])[] = [
    [7, { facility: 12, product: 104, serial: 90_001 }],
    [200, { facility: 201, product: 202, serial: 2 ** 32 - 1 }],
    [7, { facility: 12, product: 104, serial: 90_001, expires: '2027-01-31', lot: 'LOT001' }],
  ]
  for (const [keyId, stamp] of rows) {
    const code = await createIssuer({ keyId, signer: seedSigner(new Uint8Array(32)) }).issue(stamp)
    const at = (level: 'L' | 'M') => `${symbol(code.toText(), { level }).version}-${level}`
    const url = symbol(code.toUrl('HTTPS://TEM.EXAMPLE/QNI/')).version
    expect(read('docs/printers.md')).toContain(
      `| ${code.bytes.length} bytes | version ${at('L')}, ${at('M')} | version ${url}-M |`,
    )
  }
})
