import { expect, test } from 'vitest'
import { doors } from '../package/packed.ts'
import { openScratch } from './scratch.ts'

/** The types of every door, as apps with different settings read them: all libraries checked, no types of the DOM. */

const USE = `
import { createVerifier, loadTrustList, type Verdict } from 'veristamp/verify'
import { createIssuer, seedSigner } from 'veristamp'
declare const list: Uint8Array
const loaded = loadTrustList(list, { authority: 'a.example', roots: { threshold: 1, keys: [list] } })
if (loaded.ok) {
  const verdict: Verdict = createVerifier({ trustLists: [loaded.trustList] }).verify('text')
  console.log(verdict.status === 'valid' ? verdict.stamp.serial : verdict.reason)
}
const issuer = createIssuer({ keyId: 7, signer: seedSigner(list) })
// What is returned goes where Web APIs want bytes with a buffer of their own.
const code = await issuer.issue({ facility: 1, product: 2, serial: 3 })
const bytes: Uint8Array<ArrayBuffer> = code.bytes
const digest: Promise<ArrayBuffer> = crypto.subtle.digest('SHA-256', code.bytes)
export { bytes, digest }
`

const CASES = [
  ['node16', 'node16', 'node16'],
  ['bundler', 'esnext', 'bundler'],
  ['node', 'esnext', 'node10'],
] as const

test.each(CASES)('TypeScript with moduleResolution %s', (name, module, moduleResolution) => {
  const scratch = openScratch('typescript', ['typescript@5.9.3', '@types/node@20.19.43'])
  const imports = doors.map(
    (door, i) => `import * as door${i} from '${door}'\nexport const names${i} = Object.keys(door${i})`,
  )
  scratch.write(`${name}/app.mts`, USE)
  scratch.write(`${name}/doors.mts`, imports.join('\n'))
  const options = {
    module,
    moduleResolution,
    target: 'es2022',
    lib: ['es2022'],
    types: ['node'],
    strict: true,
    noEmit: true,
    skipLibCheck: false,
  }
  scratch.write(`${name}/tsconfig.json`, JSON.stringify({ compilerOptions: options, include: ['*.mts'] }))
  expect(scratch.run('npx', 'tsc', '-p', name)).toBe('')
})
