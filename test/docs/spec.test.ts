import { readFileSync } from 'node:fs'
import { describe, expect, test } from 'vitest'
import { seedSigner } from '../../src/ed25519/noble.ts'
import { createIssuer } from '../../src/issue/issuer.ts'
import { encodePayload } from '../../src/issue/sign-stamp.ts'
import { toHex } from '../../src/lib/bytes.ts'
import { symbol } from '../../src/print/symbol.ts'
import { REASONS } from '../../src/verify/reasons.ts'

const read = (file: string): string => readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8')
const spec = read('SPEC.md')
const readme = read('README.md')

/** The fenced blocks of a page, without their fences. */
const blocks = (page: string): string[] =>
  [...page.matchAll(/^```\w*\n(.*?)^```/gms)].map(([, text]) => text!)

const WORKED = { facility: 12, product: 104, serial: 90_001 }
const signer = seedSigner(Uint8Array.from({ length: 32 }, (_, at) => at))

describe('the worked example of SPEC.md', () => {
  const [payload, signature, carriers] = blocks(spec)
  const hexOf = (block: string): string => (block.match(/\b[0-9a-f]{2}\b/g) ?? []).join('')

  test('has the payload that the library writes', () => {
    const bytes = payload!
      .split('\n')
      .map((line) => hexOf(line.slice(0, 24)))
      .join('')
    expect(bytes).toBe(toHex(encodePayload(7, WORKED)))
  })

  test('has the key, the signature and the texts that the library makes', async () => {
    const code = await createIssuer({ keyId: 7, signer }).issue(WORKED)
    expect(spec).toContain(toHex(signer.publicKey))
    expect(signature!.replace(/\s/g, '')).toBe(toHex(code.bytes.slice(-64)))
    const [base45, digits, url] = carriers!
      .trimEnd()
      .split('\n')
      .map((line) => line.slice(8))
    expect(base45).toBe(code.toText('base45'))
    expect(digits).toBe(code.toText('digits'))
    expect(url).toBe(code.toUrl('HTTPS://TEM.EXAMPLE/QNI/'))
  })

  test('fits the symbols that it says', async () => {
    const code = await createIssuer({ keyId: 7, signer }).issue(WORKED)
    expect(symbol(code.toText(), { level: 'L' }).version).toBe(4)
    expect(symbol(code.toText(), { level: 'M' }).version).toBe(5)
    expect(symbol(code.toUrl('HTTPS://TEM.EXAMPLE/QNI/'), { level: 'M' }).version).toBe(6)
  })
})

describe('every reason', () => {
  const reasons = Object.keys(REASONS)

  test('of a verdict stands in the tables of SPEC.md and of README.md', () => {
    for (const reason of reasons) {
      expect(spec).toContain(`\`${reason}\``)
      expect(readme).toContain(`\`${reason}\``)
    }
  })

  test('of a verdict is given by the step of SPEC.md that its section names', () => {
    const steps = new Map(
      [...section(spec, '## Verification').matchAll(/^(\d+)\. (.*?)(?=^\d+\. |^The status)/gms)].map(
        ([, step, text]) => [Number(step), text!],
      ),
    )
    for (const [reason, { section: place }] of Object.entries(REASONS)) {
      const step = Number(/^SPEC\.md § Verification, step (\d+)$/.exec(place)?.[1])
      expect([reason, steps.get(step)]).toEqual([reason, expect.stringContaining(`\`${reason}\``)])
    }
  })

  test('for refusing a document is given by a rule of SPEC.md', () => {
    const source = read('src/document/refusal.ts')
    const list = /export type DocumentReason =\n((?: {2}\| '\w+'\n)+)/.exec(source)![1]!
    const documentReasons = [...list.matchAll(/'(\w+)'/g)].map(([, reason]) => reason!)
    expect(documentReasons.length).toBeGreaterThan(10)
    for (const reason of documentReasons) expect(spec).toContain(`\`${reason}\``)
  })
})

const section = (page: string, heading: string): string => {
  const start = page.indexOf(`${heading}\n`)
  const end = page.indexOf('\n## ', start + 1)
  return page.slice(start, end)
}
