import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/**
 * Compiles the kernels and writes each into a kernel.generated.ts above its sources. Does nothing where that file was made
 * from the same sources by the same compiler. Run by `npm run build`.
 */

interface Kernel {
  /** The folder of its sources, from `src/`. */
  readonly folder: string
  /** Of 64 KiB, for what is static. */
  readonly pages: number
  /** What to export, and whether with SIMD. */
  readonly builds: Readonly<Record<string, boolean>>
}

const KERNELS: readonly Kernel[] = [
  // The static memory and the table of B.
  { folder: 'ed25519/wasm/kernel/', pages: 86, builds: { SIMD: true, SCALAR: false } },
  { folder: 'print/press/kernel/', pages: 6, builds: { KERNEL: true } },
]

/** How modules are written: gzip finds the repeats of bytes in hexadecimal, which base64 hides. */
const ENCODING = 'hex'
const OPTIONS = '-O3 --runtime stub --noAssert --use abort= --disableWarning 201'.split(' ')

await Promise.all(KERNELS.map(make))

async function make(kernel: Kernel): Promise<void> {
  const sources = new URL(`../${kernel.folder}`, import.meta.url)
  const generated = new URL('../kernel.generated.ts', sources)
  const firstLine = `// Made by src/package/kernels.ts (${digestOf(kernel, sources)}). Do not edit.\n`
  if (existsSync(generated) && readFileSync(generated, 'utf8').startsWith(firstLine)) return
  const modules = await Promise.all(
    Object.entries(kernel.builds).map(
      async ([name, simd]) => `export const ${name} = '${await compile(kernel, sources, simd)}'\n`,
    ),
  )
  writeFileSync(generated, `${firstLine}\n/** WebAssembly, hexadecimal. */\n${modules.join('')}`)
}

/** Of all that decides what the compiler writes. */
function digestOf(kernel: Kernel, sources: URL): string {
  const hash = createHash('sha256').update(JSON.stringify([kernel, OPTIONS, ENCODING]))
  for (const name of readdirSync(sources).sort())
    hash.update(name).update(readFileSync(new URL(name, sources)))
  hash.update(readFileSync(new URL(import.meta.resolve('assemblyscript/package.json'))))
  return hash.digest('hex').slice(0, 32)
}

/** The module as it is written. The compiler runs by itself: through tsx's loader it takes four times as long. */
async function compile({ pages }: Kernel, sources: URL, simd: boolean): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'veristamp-kernel-'))
  try {
    const output = join(directory, 'kernel.wasm')
    const asc = fileURLToPath(import.meta.resolve('assemblyscript/asc').replace('dist/asc.js', 'bin/asc.js'))
    const args = [asc, 'index.ts', '-o', output, simd ? '--enable' : '--disable', 'simd', ...OPTIONS]
    await promisify(execFile)(process.execPath, [...args, '--initialMemory', String(pages)], { cwd: sources })
    return await readFile(output, ENCODING)
  } finally {
    await rm(directory, { recursive: true })
  }
}
