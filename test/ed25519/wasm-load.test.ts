import { afterEach, describe, expect, it, vi } from 'vitest'
import { ArgumentRangeError, ArgumentTypeError } from '../../src/lib/errors.ts'
import { loadEngine } from '../../src/wasm.ts'
import { fromHex, RFC8032_VECTORS } from './vectors.ts'

const { publicKey, message, signature } = RFC8032_VECTORS[1]!

async function loadsAs(name: string): Promise<void> {
  const engine = await loadEngine()
  expect(engine.name).toBe(name)
  const imported = engine.importKey(fromHex(publicKey))
  expect(imported.ok && imported.key.verify(fromHex(message), fromHex(signature))).toBe(true)
  expect(imported.ok && imported.key.verify(fromHex(`${message}00`), fromHex(signature))).toBe(false)
}

const { WebAssembly } = globalThis as unknown as {
  readonly WebAssembly: Record<'validate' | 'instantiate', (...args: unknown[]) => unknown>
}

/** WebAssembly but for some of its functions. */
const stub = (functions: Partial<typeof WebAssembly>): void => {
  vi.stubGlobal('WebAssembly', {
    validate: WebAssembly.validate,
    instantiate: WebAssembly.instantiate,
    ...functions,
  })
}

describe('loadEngine', () => {
  afterEach(() => void vi.unstubAllGlobals())

  it('takes the SIMD build where the runtime has SIMD, as Node has', async () => {
    await loadsAs('wasm-simd')
  })
  it('takes the scalar build where it has none', async () => {
    stub({ validate: () => false })
    await loadsAs('wasm')
  })
  it('takes noble where WebAssembly is missing', async () => {
    vi.stubGlobal('WebAssembly', undefined)
    await loadsAs('noble')
  })
  it('takes noble where a Content Security Policy forbids WebAssembly', async () => {
    stub({ instantiate: () => Promise.reject(new Error('Refused to compile: unsafe-eval')) })
    await loadsAs('noble')
  })
  it('gives every caller an engine of its own', async () => {
    const [one, other] = [await loadEngine({ tableMemory: 0 }), await loadEngine()]
    const imported = one.importKey(fromHex(publicKey))
    if (!imported.ok) throw new Error(imported.reason)
    const job = { key: imported.key, message: fromHex(message), signature: fromHex(signature) }
    expect(other.verifyMany!([job])).toEqual([true])
  })
  it.each([[-1], [2 ** 31 + 1], [1.5]])('refuses %d bytes for tables', async (tableMemory) => {
    await expect(loadEngine({ tableMemory })).rejects.toThrow(ArgumentRangeError)
  })
  it('refuses a text for tables', async () => {
    await expect(loadEngine({ tableMemory: '1' as never })).rejects.toThrow(ArgumentTypeError)
  })
})
