import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { loadEngine } from '../../src/ed25519/wasm/wasm-engine.ts'
import { readRegistry } from '../../src/registry/registry.ts'
import { readReservations } from '../../src/run/ledger/journal.ts'
import { startRun } from '../../src/run/run.ts'
import { verifyRun } from '../../src/run/verify-run.ts'
import { fonts } from '../support/labels.ts'
import { share } from '../support/laws.ts'
import { RESERVED, toolsOf } from '../support/runs.ts'

/**
 * As many as the province had printed in a year, in two runs a product; `npm test` prints those of every eighth
 * product. VERISTAMP_PROVINCE asks for another number.
 */
const STAMPS = Number(process.env.VERISTAMP_PROVINCE ?? 135_000)

const read = (name: string) =>
  new Uint8Array(readFileSync(new URL(`../../examples/quang-ninh/${name}`, import.meta.url)))

describe('a whole province', () => {
  it('of 164 products is printed in two runs each: every serial once, every file as signed for', {
    timeout: 1_800_000,
  }, async () => {
    const reading = readRegistry({ facilities: read('facilities.csv'), products: read('products.csv') })
    if (!reading.ok) throw new Error('registry')
    const { products, facilities } = reading.catalogue
    expect([products.length, facilities.length]).toEqual([164, 23])
    const journal = mkdtempSync(join(tmpdir(), 'veristamp-province-'))
    const reach = { keyId: 7, scope: facilities.map(({ id }) => ({ facility: id })) }
    const engine = await loadEngine()
    const tools = toolsOf({ regular: fonts.regular }, { chunk: 2048 })
    const publicKeys = [tools.signer.publicKey]
    const printed = share(products, 8)
    const each = STAMPS / 164 / 2
    let codes = 0
    for (const round of [0, 1]) {
      for (const [i, { id, facility, name }] of printed.entries()) {
        // As even as whole numbers allow, and as many as were asked for.
        const at = 2 * i + round
        const count = Math.round((at + 1) * each) - Math.round(at * each)
        const sheet = i === 0 ? { sheet: { stock: 'a4-65', product: name } as const } : {}
        const job = { facility, product: id, count, ...sheet }
        const finished = await startRun(journal, job, reach, { ...tools, now: RESERVED })
        const verified = await verifyRun(finished, { publicKeys, engine })
        expect(verified).toMatchObject({ ok: true, manifest: { count } })
        codes += count
      }
    }
    expect(codes).toBe(Math.round(2 * printed.length * each))
    const runs = readReservations(journal)
    expect(runs).toHaveLength(2 * printed.length)
    for (let i = 0; i < runs.length; i += 2) {
      expect([runs[i]!.first, runs[i]!.last + 1]).toEqual([1, runs[i + 1]!.first])
    }
    rmSync(journal, { recursive: true })
  })
})
