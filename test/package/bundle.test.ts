import { build, type Metafile } from 'esbuild'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Installed, installPacked } from './packed.ts'

let app: Installed
beforeAll(async () => {
  app = await installPacked()
})
afterAll(() => app.remove())

interface Bundle {
  readonly code: string
  /** The files whose code is in the bundle. */
  readonly files: readonly string[]
}

async function bundle(entry: string): Promise<Bundle> {
  const { outputFiles, metafile } = await build({
    stdin: { contents: entry, resolveDir: app.folder },
    bundle: true,
    format: 'esm',
    target: 'es2022',
    write: false,
    metafile: true,
    legalComments: 'none',
  })
  return { code: outputFiles[0]!.text, files: contributors(metafile) }
}

const contributors = ({ outputs }: Metafile): string[] =>
  Object.entries(Object.values(outputs)[0]!.inputs)
    .filter(([, { bytesInOutput }]) => bytesInOutput > 0)
    .map(([file]) => file)

/** A word of pdfkit's. */
const PDFKIT = 'PDFKit'

const packagesOf = ({ files }: Bundle): string[] => [
  ...new Set(files.flatMap((file) => /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(file)?.[1] ?? [])),
]

describe('what an app bundles', () => {
  test('of ./verify is our code and noble curve arithmetic, nothing else', async () => {
    const verify = await bundle("export * from 'veristamp/verify'")
    expect(packagesOf(verify).sort()).toEqual(['@noble/ed25519', 'veristamp'])
  })

  test('of ./verify can neither sign nor draw', async () => {
    const verify = await bundle("export * from 'veristamp/verify'")
    const whole = await bundle("export * from 'veristamp'")
    for (const name of ['seedSigner', 'createIssuer', 'sealOf', 'svg(']) {
      expect(verify.code).not.toContain(name)
      expect(whole.code).toContain(name)
    }
  })

  test('of ./print is our code and what it bundles, qrcode and fflate: no library for PDF', async () => {
    const print = await bundle("export * from 'veristamp/print'")
    expect(packagesOf(print)).toEqual(['veristamp'])
    expect(print.code).toMatch(/The amount of data is too big to be stored in a QR Code/) // qrcode
    expect(print.code).not.toContain(PDFKIT)
  })

  test('of the whole but ./sheet holds no library for PDF', async () => {
    expect((await bundle("export * from 'veristamp'")).code).not.toContain(PDFKIT)
    expect((await bundle("export * from 'veristamp/sheet'")).code).toContain(PDFKIT)
  })

  test('of verifySeal can neither write CBOR nor sign', async () => {
    const seal = await bundle("export { verifySeal } from 'veristamp/verify'")
    for (const name of ['seedSigner', 'encodeCbor', 'createIssuer']) expect(seal.code).not.toContain(name)
  })

  test('never evaluates text', async () => {
    const { code } = await bundle("export * from 'veristamp'")
    expect(code).not.toMatch(/\bnew Function\b|\beval\(/)
  })

  test('of one small function drags in nothing else: imports have no side effects', async () => {
    const explain = await bundle("export { explain } from 'veristamp'")
    expect(packagesOf(explain)).toEqual(['veristamp'])
    for (const name of ['loadTrustList', 'createIssuer', 'class Reader'])
      expect(explain.code).not.toContain(name)
  })
})
