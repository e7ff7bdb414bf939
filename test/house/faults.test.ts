import { describe, expect, it } from 'vitest'
import { faultsOf } from './faults.ts'
import type { House } from './inspect.ts'
import { MAX_LINES, RUNTIME_GLOBALS } from './plan.ts'

const house = (files: Record<string, string>): House => new Map(Object.entries(files))

/** A file of `verify/`, unless said otherwise, that holds just this. */
const faultsOfFile = (source: string, path = 'verify/a.ts') => faultsOf(house({ [path]: source }))

describe('the reader of the house', () => {
  it('finds no fault with a house that keeps to the plan', () => {
    const kept = house({
      'index.ts': "export * from './print.ts'\nexport * from './verify.ts'",
      'print.ts': "export { svg } from './print/svg.ts'",
      'verify.ts':
        "export type { Verdict } from './verify/verdict.ts'\nexport { verify } from './verify/verifier.ts'",
      'node.ts': 'export {}',
      'lib/errors.ts': 'export class Malformed extends Error {}',
      'codec/cbor.ts': "import { Malformed } from '../lib/errors.ts'",
      'ed25519/noble/engine.ts':
        "import { sign } from '@noble/ed25519'\nimport { sha512 } from '@noble/hashes/sha2.js'",
      'print/symbol.ts': "import { create } from 'qrcode'",
      'print/svg.ts': "import type { QrSymbol } from './symbol.ts'\nexport const svg = 1",
      'registry/csv.ts': "import { parse } from 'csv-parse/browser/esm/sync'",
      'registry/other.ts': "import { stringify } from 'csv-stringify/sync'",
      'verify/verdict.ts': 'export interface Verdict { readonly document: number }',
      'verify/verifier.ts':
        "import { Malformed } from '../lib/errors.ts'\nexport const verify = ({ now = new Date() } = {}) => now",
      'node/native-engine.ts':
        "import { verify } from 'node:crypto'\nexport const at = Date.now()\nexport const b = Buffer.alloc(process.argv.length)",
      'node/file.ts': "import { x } from '../verify/verifier.ts'",
      'cli/lists/a.ts':
        "import './../../node/file.ts'\nimport '../../registry/csv.ts'\nprocess.exit(eval('1'))",
    })
    expect(faultsOf(kept)).toEqual([])
  })

  it('reports an import that climbs', () => {
    const faults = faultsOf(house({ 'lib/a.ts': "\nimport { b } from '../codec/b.ts'", 'codec/b.ts': '' }))
    expect(faults).toEqual(['lib/a.ts:2 imports codec/b.ts, which is not below it'])
  })

  it('reports an import between rooms of one floor', () => {
    const faults = faultsOf(house({ 'issue/a.ts': "import '../verify/b.ts'", 'verify/b.ts': '' }))
    expect(faults).toEqual(['issue/a.ts:1 imports verify/b.ts, which is not below it'])
  })

  it('reports an import of a lower room that the plan does not grant', () => {
    const faults = faultsOf(house({ 'print/a.ts': "import '../codec/b.ts'", 'codec/b.ts': '' }))
    expect(faults).toEqual(['print/a.ts:1 imports codec/b.ts, a lower room that it has no stairs to'])
  })

  it.each([
    ["import { b } from '../stamp/b.ts'"],
    ["import type { B } from '../stamp/b.ts'"],
    ["import '../stamp/b.ts'"],
    ["import * as b from '../stamp/b.ts'"],
    ["export { b } from '../stamp/b.ts'"],
    ["export * from '../stamp/b.ts'"],
    ["export type { B } from '../stamp/b.ts'"],
    ["const b = await import('../stamp/b.ts')"],
    ["type B = import('../stamp/b.ts').B"],
    ["import b = require('../stamp/b.ts')"],
  ])('sees the import in %s', (statement) => {
    expect(faultsOf(house({ 'lib/a.ts': statement, 'stamp/b.ts': '' }))).toEqual([
      'lib/a.ts:1 imports stamp/b.ts, which is not below it',
    ])
  })

  it('reports imports that it can not follow', () => {
    expect(faultsOfFile('const b = await import(name)')).toEqual(['verify/a.ts:1 imports what it computes'])
    expect(faultsOfFile("import './b.ts'")).toEqual(['verify/a.ts:1 imports verify/b.ts, which is not there'])
    expect(faultsOfFile("import '../../test/b.ts'")).toEqual([
      'verify/a.ts:1 imports ../test/b.ts, which is not there',
    ])
  })

  it('reports cycles between files, each once and however long', () => {
    const two = house({ 'lib/a.ts': "import './b.ts'", 'lib/b.ts': "import type { A } from './a.ts'" })
    expect(faultsOf(two)).toEqual(['cycle: lib/a.ts → lib/b.ts → lib/a.ts'])
    const three = house({
      'lib/a.ts': "import './b.ts'",
      'lib/b.ts': "import './c.ts'\nimport './d.ts'",
      'lib/c.ts': "import './d.ts'",
      'lib/d.ts': "export * from './b.ts'",
    })
    expect(faultsOf(three)).toEqual(['cycle: lib/b.ts → lib/c.ts → lib/d.ts → lib/b.ts'])
    expect(faultsOfFile("import './a.ts'", 'lib/a.ts')).toEqual(['cycle: lib/a.ts → lib/a.ts'])
  })

  it.each([
    ['piscina', 'node/pool/tasks.ts', 'node/pool/task-runner.ts'],
    ['zxing-wasm/reader', 'verify/a.ts', 'cli/input/picture.ts'],
    ['@noble/hashes/sha2.js', 'ed25519/sha2.ts', 'ed25519/noble/'],
    ['@noble/curves', 'trust/a.ts', 'ed25519/noble/'],
    ['qrcode', 'print/svg.ts', 'print/symbol.ts'],
    ['csv-parse', 'trust/a.ts', 'registry/'],
    ['csv-stringify/sync', 'cli/a.ts', 'registry/'],
    ['qrcode', 'print.ts', 'print/symbol.ts'],
  ])('reports a second door to %s in %s', (name, path, door) => {
    expect(faultsOfFile(`export * from '${name}'`, path)).toEqual([
      `${path}:1 imports ${name}, whose one door is ${door}`,
    ])
  })

  it('reports a command that imports a command, and a room inside a room that climbs', () => {
    const files = {
      'cli/commands/a.ts': "import './b.ts'\nimport '../shell/c.ts'",
      'cli/commands/b.ts': '',
      'cli/shell/c.ts': "import '../commands/b.ts'",
    }
    expect(faultsOf(house(files))).toEqual([
      'cli/commands/a.ts:1 imports cli/commands/b.ts, which stands beside it',
      'cli/shell/c.ts:1 imports cli/commands/b.ts, which is not below it',
    ])
  })

  it.each(['pdf-lib', 'fs', 'qrcodes', '@scope/noble'])(
    'reports the package %s, which has no door',
    (name) => {
      expect(faultsOfFile(`import '${name}'`, 'cli/a.ts')).toEqual([
        `cli/a.ts:1 imports ${name}, for which the plan has no door`,
      ])
    },
  )

  it('reports a room that imports a door, also one beside a room of the same name', () => {
    const doors = { 'print.ts': '', 'verify.ts': '' }
    expect(faultsOf(house({ ...doors, 'print/a.ts': "import '../print.ts'" }))).toEqual([
      'print/a.ts:1 imports the door print.ts',
    ])
    expect(faultsOf(house({ ...doors, 'cli/a.ts': "import '../verify.ts'" }))).toEqual([
      'cli/a.ts:1 imports the door verify.ts',
    ])
  })

  it('reports a door that does something itself', () => {
    expect(faultsOfFile('export const a = 1', 'issue.ts')).toEqual([
      'issue.ts is a door, and holds more than re-exports',
    ])
  })

  it('reports a room that is not in the plan', () => {
    expect(faultsOfFile('', 'utils/a.ts')).toEqual([
      'utils/a.ts stands in a room that the plan does not have',
    ])
  })

  it('reports node: outside the rooms that have a runtime, and in doors', () => {
    expect(faultsOfFile("import 'node:fs'")).toEqual(['verify/a.ts:1 imports node:fs'])
    expect(faultsOfFile("export * from 'node:fs'", 'node.ts')).toEqual(['node.ts:1 imports node:fs'])
  })

  it.each(RUNTIME_GLOBALS)(
    'reports the global %s, as a value, a type, a shorthand and of globalThis',
    (name) => {
      const fault = [`verify/a.ts:1 uses ${name}`]
      expect(faultsOfFile(`export const a = ${name}`)).toEqual(fault)
      expect(faultsOfFile(`export const a = ${name}.b.c()`)).toEqual(fault)
      expect(faultsOfFile(`export type A = ${name}`)).toEqual(fault)
      expect(faultsOfFile(`export const a = { ${name} }`)).toEqual(fault)
      expect(faultsOfFile(`export const a = globalThis.${name}`)).toEqual(fault)
      expect(faultsOfFile(`export const a = (globalThis as any)['${name}']`)).toEqual(fault)
      expect(faultsOfFile(`export const { ${name}: a } = globalThis`)).toEqual(fault)
    },
  )

  it('reports a global in one function that is a local name in another', () => {
    const source = 'export const a = (document: number) => document\nexport const b = () => document'
    expect(faultsOfFile(source)).toEqual(['verify/a.ts:2 uses document'])
  })

  it.each([
    ['// Buffer, process and window'],
    ["export const a = 'document'"],
    ['export const a = (document: Uint8Array) => document.length'],
    ['export function a() { const process = 1; return { process } }'],
    ["import { document } from './b.ts'\nexport const a = document.body"],
    ["export { document } from './b.ts'"],
    ['export const a = (b: any) => b.document.process'],
    ['export const a = { window: 1, Buffer() {} }'],
    ['export const a = ({ document: b }: any) => b'],
    ['export interface A { readonly document: number }'],
    ['export const a = globalThis.crypto'],
    ['export class Date { now() {} }\nexport const a = new Date()'],
    ['export const a = (b: unknown) => b instanceof Function'],
  ])('is not taken in by %s', (source) => {
    expect(faultsOf(house({ 'verify/a.ts': source, 'verify/b.ts': '' }))).toEqual([])
  })

  it.each(["new Function('return 1')", "Function('return 1')"])('reports code made of text: %s', (source) => {
    expect(faultsOfFile(source)).toEqual(['verify/a.ts:1 uses new Function'])
  })

  it.each([
    ['Date.now()', 'Date.now'],
    ['performance.now()', 'performance.now'],
    ['const clock = Date.now', 'Date.now'],
    ['new Date()', 'new Date()'],
    ['new Date', 'new Date()'],
    ['Date()', 'Date()'],
    ['const then = ({ then = new Date() }) => then', 'new Date()'],
  ])('reports a look at the clock: %s', (source, what) => {
    expect(faultsOfFile(source)).toEqual([`verify/a.ts:1 reads the clock: ${what}`])
  })

  it('lets only verify have the clock for the default of an option called now', () => {
    const source = 'export const verify = (text: string, { now = new Date() } = {}) => now'
    expect(faultsOfFile(source)).toEqual([])
    expect(faultsOfFile('export const verify = (now = new Date()) => new Date(now.getTime())')).toEqual([])
    expect(faultsOfFile(source, 'trust/a.ts')).toEqual(['trust/a.ts:1 reads the clock: new Date() as now'])
  })

  it('passes over the AssemblyScript kernel, and reports whoever imports it', () => {
    const kernel = {
      'ed25519/wasm/kernel/field.ts': "import { a } from './field-simd'\nexport const b = process",
    }
    expect(faultsOf(house(kernel))).toEqual([])
    expect(faultsOf(house({ ...kernel, 'ed25519/wasm.ts': "import './wasm/kernel/field.ts'" }))).toEqual([
      'ed25519/wasm.ts:1 imports ed25519/wasm/kernel/field.ts, which is not there',
    ])
  })

  it('reports a file that is too long', () => {
    expect(faultsOfFile('//\n'.repeat(MAX_LINES))).toEqual([])
    expect(faultsOfFile('//\n'.repeat(MAX_LINES + 1))).toEqual(['verify/a.ts has 261 lines, above 260'])
  })
})
