import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import ts from 'typescript'
import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { doors } from '../package/packed.ts'
import { ROOT } from './pages.ts'

/**
 * The examples of doc comments, run on the package as it is built, and their types checked. `// → value` says what the
 * line before it comes to; a text that ends in `…` only has to begin like this. Names that an example neither makes nor
 * imports are those of `example-world.ts`.
 */

const OUT = `${ROOT}out/doc-examples/`

interface Documented {
  readonly name: string
  readonly comment: string
}

/** What `src` exports, with the comment before it. */
const documented = readdirSync(`${ROOT}src`, { recursive: true, encoding: 'utf8' })
  .filter((path) => path.endsWith('.ts'))
  .map((path) => readFileSync(`${ROOT}src/${path}`, 'utf8'))
  .flatMap((text): Documented[] =>
    [
      ...text.matchAll(
        /(\/\*\*(?:(?!\*\/)[\s\S])*\*\/\n)?export (?:async )?(?:function\*?|const|class) (\w+)/g,
      ),
    ].map(([, comment = '', name]) => ({ name: name!, comment })),
  )

const exampleOf = ({ comment }: Documented): string | undefined =>
  /^ \* @example\n \* ```ts\n([\s\S]*?)^ \* ```$/m.exec(comment)?.[1]?.replaceAll(/^ \* ?/gm, '')

const examples = documented.flatMap((each) => {
  const text = exampleOf(each)
  return text === undefined ? [] : [{ name: each.name, text }]
})

const world = [
  ...readFileSync(`${ROOT}test/docs/example-world.ts`, 'utf8').matchAll(
    /^export const (?:(\w+)|[[{] ?(.*?) ?[\]}]) =/gm,
  ),
].flatMap(([, one, many]) => one ?? many!.split(', '))

/** The example as a program that checks itself. */
function programOf(text: string): string {
  const isMade = (name: string): boolean =>
    new RegExp(`^(?:import .*\\b${name}\\b.* from|const [^=\\n]*\\b${name}\\b[^=\\n]*=)`, 'm').test(text)
  const needed = world.filter((name) => new RegExp(`(?<![.\\w])${name}\\b`).test(text) && !isMade(name))
  const code = text.replaceAll(
    /^(?:const (\w+) = )?(.*?) \/\/ → (.*)$/gm,
    (_, name: string | undefined, value: string, expected: string) =>
      name === undefined
        ? `check(${value}, ${expected})`
        : `const ${name} = ${value}\ncheck(${name}, ${expected})`,
  )
  return [
    "import { check } from '../../test/docs/example-check.ts'",
    `import { ${needed.join(', ')} } from '../../test/docs/example-world.ts'`,
    code,
    'export {}\n',
  ].join('\n')
}

/** Not every platform has it. */
function hasSodium(): boolean {
  try {
    return createRequire(import.meta.url)('sodium-native') !== undefined
  } catch {
    return false
  }
}

beforeAll(() => {
  rmSync(OUT, { recursive: true, force: true })
  mkdirSync(OUT, { recursive: true })
  for (const { name, text } of examples) writeFileSync(`${OUT}${name}.ts`, programOf(text))
})
afterAll(async () => {
  const { folder } = await import('./example-world.ts')
  for (const made of [OUT, folder]) rmSync(made, { recursive: true, force: true })
})

describe('the example of', () => {
  it.each(examples)('$name runs, and comes to what it says', async ({ name, text }) => {
    if (text.includes("'sodium-native'") && !hasSodium()) return
    if (/\b(open|init)Fleet\b/.test(text)) return // asks a database: test/fleet does the same with one
    const printed = vi.spyOn(console, 'log').mockReturnValue(undefined)
    await import(/* @vite-ignore */ `${OUT}${name}.ts`)
    expect(printed).toHaveBeenCalledTimes(text.split('console.log').length - 1)
    printed.mockRestore()
  })

  it('every function has the types of its arguments', () => {
    const { config } = ts.readConfigFile(`${ROOT}tsconfig.json`, ts.sys.readFile)
    const { options } = ts.convertCompilerOptionsFromJson(config.compilerOptions, ROOT)
    const files = examples.map(({ name }) => `${OUT}${name}.ts`)
    files.push(`${ROOT}test/support/sodium-native.d.ts`)
    const program = ts.createProgram(files, options)
    const faults = ts
      .getPreEmitDiagnostics(program)
      .map(
        ({ file, messageText }) => `${file?.fileName}: ${ts.flattenDiagnosticMessageText(messageText, ' ')}`,
      )
    expect(faults).toEqual([])
  })
})

describe('every export', () => {
  it('says in a sentence what it is, and has an example', async () => {
    const exported = new Set<string>()
    for (const door of doors) for (const name of Object.keys(await import(door))) exported.add(name)
    const ofDoors = documented.filter(({ name }) => exported.has(name))
    expect(ofDoors.map(({ name }) => name).sort()).toEqual([...exported].sort())
    expect(ofDoors.filter(({ comment }) => !/^(\/\*\*| \*) \S.*\S/m.test(comment))).toEqual([])
    expect(ofDoors.filter((each) => exampleOf(each) === undefined).map(({ name }) => name)).toEqual([])
  })
})
