import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

const KERNEL = fileURLToPath(new URL('../../src/ed25519/wasm/kernel/', import.meta.url))

/** What the kernel of these tests gives away, besides what the engine uses. */
export interface CountedExports {
  readonly memory: { readonly buffer: ArrayBuffer }
  /** Where nodes are: byte offset, 160 bytes each. */
  readonly NODES: { readonly value: number }
  start(): void
  arena(): number
  addNodes(left: number, right: number, count: number): void
  /** Products and squares of packs since the start. */
  products(): number
  inversions(): number
}

/** Compiles the kernel with a count of its work, and with its nodes laid open: WebAssembly in hexadecimal. */
export async function compileCounted(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'veristamp-counted-'))
  try {
    await cp(KERNEL, folder, { recursive: true })
    await change(folder, 'field.ts', (text) =>
      text.replace(/export function (mul|mulAdd|squareAdd)\(.*\): void \{/g, '$&\n  productCount++'),
    )
    await change(folder, 'inverse.ts', (text) =>
      text.replace(/export function invert\(.*\): void \{/, '$&\n  inversionCount++'),
    )
    for (const [file, name] of [
      ['field.ts', 'product'],
      ['inverse.ts', 'inversion'],
    ] as const)
      await change(
        folder,
        file,
        (text) =>
          `${text}\nlet ${name}Count: u32 = 0\nexport function ${name}s(): u32 {\n  return ${name}Count\n}\n`,
      )
    const opened = ['NODES, addNodes', 'node', 'products', 'field', 'inversions', 'inverse']
    const exported = [0, 2, 4].map((at) => `export { ${opened[at]} } from './${opened[at + 1]}'\n`)
    await change(folder, 'index.ts', (text) => text + exported.join(''))
    return await compile(folder)
  } finally {
    await rm(folder, { recursive: true })
  }
}

async function change(folder: string, file: string, how: (text: string) => string): Promise<void> {
  const text = await readFile(join(folder, file), 'utf8')
  const changed = how(text)
  if (changed === text) throw new Error(`nothing to change in ${file}`)
  await writeFile(join(folder, file), changed)
}

async function compile(folder: string): Promise<string> {
  const output = join(folder, 'kernel.wasm')
  const compiler = fileURLToPath(
    import.meta.resolve('assemblyscript/asc').replace('dist/asc.js', 'bin/asc.js'),
  )
  const options = '--enable simd -O1 --runtime stub --noAssert --use abort= --disableWarning 201'.split(' ')
  const args = [compiler, 'index.ts', '-o', output, ...options, '--initialMemory', '86']
  await promisify(execFile)(process.execPath, args, { cwd: folder })
  return await readFile(output, 'hex')
}
