import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { EXPECTED } from './expected.ts'
import { doors, type Installed, installPacked } from './packed.ts'

let app: Installed
beforeAll(() => {
  app = installPacked()
})
afterAll(() => app.remove())

/** Runs a script in the app's folder and reads the JSON that it prints. */
function run(file: string, script: string): unknown {
  writeFileSync(join(app.folder, file), script)
  return JSON.parse(execFileSync(process.execPath, [file], { cwd: app.folder, encoding: 'utf8' }))
}

const print = 'console.log(JSON.stringify(answers))'

describe('the package as npm would upload it', () => {
  test('does the main job when imported', () => {
    const script = `import * as veristamp from 'veristamp'
      import { nativeEngine } from 'veristamp/node'
      import { mainJob } from './main-job.mjs'
      const answers = [await mainJob(veristamp), await mainJob(veristamp, nativeEngine)]
      ${print}`
    expect(run('app.mjs', script)).toEqual([EXPECTED, EXPECTED])
  })

  test('does the main job when required', () => {
    const script = `const veristamp = require('veristamp')
      const { nativeEngine } = require('veristamp/node')
      import('./main-job.mjs').then(async ({ mainJob }) => {
        const answers = [await mainJob(veristamp), await mainJob(veristamp, nativeEngine)]
        ${print}
      })`
    expect(run('app.cjs', script)).toEqual([EXPECTED, EXPECTED])
  })

  test('opens the same doors to both', () => {
    const names = JSON.stringify(doors)
    const imported = run(
      'names.mjs',
      `const answers = {}
      for (const door of ${names}) answers[door] = Object.keys(await import(door)).sort()
      ${print}`,
    )
    const required = run(
      'names.cjs',
      `const answers = {}
      for (const door of ${names}) answers[door] = Object.keys(require(door)).sort()
      ${print}`,
    )
    expect(required).toEqual(imported)
    expect(imported).toMatchSnapshot()
  })

  test('shares its classes between its doors', () => {
    const script = `import { ArgumentTypeError } from 'veristamp/verify'
      import { createIssuer, seedSigner } from 'veristamp/issue'
      const issuer = createIssuer({ keyId: 1, signer: seedSigner(new Uint8Array(32)) })
      const error = await issuer.issue({ facility: 'x', product: 1, serial: 1 }).catch((thrown) => thrown)
      const answers = [error instanceof ArgumentTypeError, error instanceof TypeError, error.code, error.message]
      ${print}`
    expect(run('errors.mjs', script)).toEqual([
      true,
      true,
      'argument_type',
      'facility: expected a whole number from 0 to 9007199254740991, got "x"',
    ])
  })
})
