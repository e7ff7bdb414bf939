import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import 'fake-indexeddb/auto'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { makeFixtures } from './bytes-fixtures.ts'
import { type Argument, type MisuseCase, misuseCases } from './misuse-cases.ts'

/** Every exported function, called wrongly: an argument error with a code, never a raw one, a verdict or silence. */

const fixtures = await makeFixtures()
const cases = await misuseCases(fixtures)
// A wrong path can still be one: what is written there goes with the folder.
const home = process.cwd()
const folder = mkdtempSync(join(tmpdir(), 'veristamp-misuse-'))
beforeAll(() => process.chdir(folder))
afterAll(() => {
  process.chdir(home)
  rmSync(folder, { recursive: true })
  fixtures.remove()
})

/** The functions that the built doors export. */
async function exportedFunctions(): Promise<string[]> {
  const root = new URL('../../', import.meta.url)
  const { exports } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))
  const names = new Set<string>()
  for (const door of Object.values(exports) as ({ import?: { default: string } } | string)[]) {
    if (typeof door === 'string') continue
    const given = await import(fileURLToPath(new URL(door.import!.default, root)))
    for (const [name, value] of Object.entries(given)) if (typeof value === 'function') names.add(name)
  }
  return [...names].sort()
}

const ERRORS = ['ArgumentRangeError', 'ArgumentTypeError', 'VeristampError']

const WRONG: readonly (readonly [Argument['takes'][number] | 'never', unknown])[] = [
  ['nothing', undefined],
  ['null', null],
  ['number', 7],
  ['text', 'x'],
  ['empty', {}],
  ['list', []],
  ['function', () => {}],
  ['never', Promise.resolve()],
]

/** What a call comes to: what a stream yields too. */
async function outcome(
  one: MisuseCase,
  args: readonly unknown[],
): Promise<{ error?: unknown; value?: unknown }> {
  try {
    const value = await one.call(...args)
    if (typeof Object(value)[Symbol.asyncIterator] === 'function') {
      for await (const _ of value as AsyncIterable<unknown>);
    } else if (typeof Object(value).next === 'function') for (const _ of value as Iterable<unknown>);
    return { value }
  } catch (error) {
    return { error }
  }
}

const isArgumentError = (error: unknown): boolean => /^argument_(type|range)$/.test(Object(error).code)

const valuesOf = ({ args }: MisuseCase): unknown[] => args.map(({ value }) => value)

const replaced = (values: readonly unknown[], at: number, value: unknown): unknown[] =>
  values.map((each, i) => (i === at ? value : each))

/** The value's copies in each of which one object has a field more. */
function* withUnknownField(value: unknown): Generator<unknown, void> {
  if (Array.isArray(value)) {
    for (const [i, item] of value.entries())
      for (const each of withUnknownField(item)) yield replaced(value, i, each)
  } else if (
    typeof value === 'object' &&
    value !== null &&
    Object.getPrototypeOf(value) === Object.prototype
  ) {
    yield { ...(value as object), unheardOf: 1 }
    for (const [name, field] of Object.entries(value as object)) {
      if (OPEN.test(name)) continue
      for (const each of withUnknownField(field)) yield { ...(value as object), [name]: each }
    }
  }
}

/** Objects of callers, and what was loaded; entries of a catalogue, whose other fields are kept; previous content. */
const OPEN =
  /^(engine|store|signers?|trustLists?|revocationLists|facilities|products|privateKey|publicKey|previous|issuers)$/

describe('functions of the doors', () => {
  it('all have a case here', async () => {
    const named = [...Object.keys(cases)].map((name) => name.replace(/^new /, ''))
    const exported = (await exportedFunctions()).filter((name) => !ERRORS.includes(name))
    expect(exported.filter((name) => !named.includes(name))).toEqual([])
    expect(exported.length).toBeGreaterThan(60)
  })
})

describe.each(Object.entries(cases))('%s', (_, one) => {
  beforeAll(async () => {
    // The arguments are good ones, or what is refused below would say nothing.
    const { error } = await outcome(one, valuesOf(one))
    if (isArgumentError(error)) throw error
  })

  it.skipIf(one.args.length === 0)('says what is wrong with each argument', async () => {
    for (const [i, { takes }] of one.args.entries()) {
      for (const [kind, wrong] of WRONG) {
        const { error, value } = await outcome(one, replaced(valuesOf(one), i, wrong))
        const shown = `argument ${i}: ${String(wrong)} gave ${error ?? typeof value}`
        if (kind !== 'never' && takes.includes(kind)) {
          if (error !== undefined) expect(Object(error).code, shown).toBeDefined()
        } else expect(isArgumentError(error), shown).toBe(true)
      }
    }
  })

  it('refuses a field that it does not know, in whatever object it stands', async () => {
    for (const [i, { value, open }] of one.args.entries()) {
      for (const wrong of open ? [] : withUnknownField(value)) {
        const { error } = await outcome(one, replaced(valuesOf(one), i, wrong))
        expect(isArgumentError(error), `argument ${i}: ${JSON.stringify(wrong)} gave ${error}`).toBe(true)
        expect(String(error)).toMatch(/got "unheardOf"$/)
      }
    }
  })
})
