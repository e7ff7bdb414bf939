import { execFile } from 'node:child_process'
import { createHash } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'

/**
 * Compiles the kernel beside it twice, with SIMD and without, and writes both into kernel.generated.ts. Does nothing where
 * that file was made from the same sources by the same compiler. Run by `npm run build`.
 */

const sources = new URL('./', import.meta.url)
const generated = new URL('../kernel.generated.ts', sources)

/** 84 pages hold the static memory and the table of B. */
const OPTIONS = '-O3 --runtime stub --noAssert --use abort= --initialMemory 84 --disableWarning 201'.split(
  ' ',
)

const digest = sourceDigest()
const firstLine = `// Made by kernel/build.ts (${digest}). Do not edit.\n`
if (!existsSync(generated) || !readFileSync(generated, 'utf8').startsWith(firstLine)) {
  const [simd, scalar] = await Promise.all([compile(true), compile(false)])
  writeFileSync(
    generated,
    `${firstLine}\n/** WebAssembly modules, base64. */\nexport const SIMD = '${simd}'\nexport const SCALAR = '${scalar}'\n`,
  )
}

/** Of all that decides what the compiler writes. */
function sourceDigest(): string {
  const hash = createHash('sha256')
  for (const name of readdirSync(sources).sort())
    hash.update(name).update(readFileSync(new URL(name, sources)))
  hash.update(readFileSync(new URL(import.meta.resolve('assemblyscript/package.json'))))
  return hash.digest('hex').slice(0, 32)
}

/** The module in base64. The compiler runs by itself: through tsx's loader it takes four times as long. */
async function compile(simd: boolean): Promise<string> {
  const directory = await mkdtemp(join(tmpdir(), 'veristamp-kernel-'))
  try {
    const output = join(directory, 'kernel.wasm')
    const asc = fileURLToPath(import.meta.resolve('assemblyscript/asc').replace('dist/asc.js', 'bin/asc.js'))
    const args = [asc, 'index.ts', '-o', output, simd ? '--enable' : '--disable', 'simd', ...OPTIONS]
    await promisify(execFile)(process.execPath, args, { cwd: sources })
    return await readFile(output, 'base64')
  } finally {
    await rm(directory, { recursive: true })
  }
}
