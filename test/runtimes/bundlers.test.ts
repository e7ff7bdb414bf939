import { describe, expect, test } from 'vitest'
import { EXPECTED } from '../package/expected.ts'
import { answersIn, writeCommon, writeModule } from './apps.ts'
import { openScratch, type Scratch } from './scratch.ts'

/** Bundlers and test runners with their default settings; what they make runs in Node. */

const run = (scratch: Scratch, file: string): unknown => answersIn(scratch.run(process.execPath, file))

test('Jest 30 requires it', () => {
  const scratch = openScratch('jest', ['jest@30.5.2'])
  writeCommon(scratch, 'app.js')
  scratch.write(
    'app.test.js',
    "test('runs', () => { require('./app.js'); return new Promise((done) => setTimeout(done, 2000)) })",
  )
  expect(run(scratch, 'node_modules/jest/bin/jest.js')).toEqual(EXPECTED)
})

describe('a bundle by', () => {
  test('esbuild', () => {
    const scratch = openScratch('esbuild', ['esbuild@0.27.7'])
    scratch.run('npx', 'esbuild', writeModule(scratch), '--bundle', '--format=esm', '--outfile=out/app.mjs')
    expect(run(scratch, 'out/app.mjs')).toEqual(EXPECTED)
  })

  test('Rollup with node-resolve alone', () => {
    const scratch = openScratch('rollup', ['rollup@4.68.8', '@rollup/plugin-node-resolve@16.0.3'])
    scratch.run(
      'npx',
      'rollup',
      writeModule(scratch),
      '--plugin',
      'node-resolve',
      '--file',
      'out/app.mjs',
      '--inlineDynamicImports',
    )
    expect(run(scratch, 'out/app.mjs')).toEqual(EXPECTED)
  })

  test('webpack 5', () => {
    const scratch = openScratch('webpack', ['webpack@5.113.0', 'webpack-cli@7.3.1'])
    scratch.run(
      'npx',
      'webpack',
      '--entry',
      writeModule(scratch),
      '--mode',
      'production',
      '--output-path',
      'out',
      '--output-public-path',
      'out/',
    )
    expect(run(scratch, 'out/main.js')).toEqual(EXPECTED)
  })

  test('Vite 8', () => {
    const scratch = openScratch('vite', ['vite@8.4.0'])
    writeModule(scratch)
    scratch.write(
      'vite.config.mjs',
      "export default { build: { lib: { entry: 'app.mjs', formats: ['es'], fileName: 'app' }, outDir: 'out' } }",
    )
    scratch.run('npx', 'vite', 'build')
    expect(run(scratch, 'out/app.mjs')).toEqual(EXPECTED)
  })

  test('Parcel 2', () => {
    const scratch = openScratch('parcel', ['parcel@2.16.4'])
    writeModule(scratch)
    scratch.write(
      'package.json',
      '{ "private": true, "source": "app.mjs", "targets": { "app": { "distDir": "out", "context": "node", "includeNodeModules": true, "outputFormat": "esmodule", "optimize": false } } }',
    )
    scratch.run('npx', 'parcel', 'build', '--no-cache')
    expect(run(scratch, 'out/app.js')).toEqual(EXPECTED)
  })
})
