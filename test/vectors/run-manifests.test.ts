import { createHash, createPublicKey, verify } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { decode } from 'cbor-x'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { nobleEngine } from '../../src/ed25519/noble/engine.ts'
import { verifyRun } from '../../src/run/verify-run.ts'
import { runManifestVectors } from './run-manifests.generate.ts'

interface Vector {
  readonly name: string
  readonly manifest: string
  readonly codes: string
  readonly sheets?: readonly string[]
}

const text = readFileSync(new URL('run-manifests.json', import.meta.url), 'utf8')
const {
  publicKeys,
  body,
  valid,
  failing,
}: {
  publicKeys: string[]
  body: string
  valid: Vector[]
  failing: (Vector & { reason: string })[]
} = JSON.parse(text)
const fromHex = (hex: string) => new Uint8Array(Buffer.from(hex, 'hex'))

let folder = ''
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'veristamp-manifests-'))
})
afterAll(() => rmSync(folder, { recursive: true }))

function check({ manifest, codes, sheets }: Vector) {
  const files = { manifest: join(folder, 'manifest'), codes: join(folder, 'codes') }
  writeFileSync(files.manifest, fromHex(manifest))
  writeFileSync(files.codes, codes)
  const volumes = sheets?.map((_, i) => join(folder, `sheets-${i}`))
  for (const [i, file] of (volumes ?? []).entries()) writeFileSync(file, fromHex(sheets![i]!))
  // Who looks for sheets looks for one file at the least.
  const looked = volumes?.length === 0 ? [join(folder, 'none')] : volumes
  return verifyRun(looked === undefined ? files : { ...files, sheets: looked }, {
    publicKeys: publicKeys.map(fromHex),
    engine: nobleEngine,
  })
}

describe('the file of run manifests', () => {
  it('is what the generator makes', () => {
    expect(text).toBe(runManifestVectors())
  })

  it('has a name of its own for each, and every reason', () => {
    const names = [...valid, ...failing].map(({ name }) => name)
    expect(names.filter((name, at) => names.indexOf(name) !== at)).toEqual([])
    expect([...new Set(failing.map(({ reason }) => reason))].sort()).toEqual([
      'code_malformed',
      'code_other',
      'code_signature',
      'codes_digest',
      'codes_line',
      'manifest',
      'manifest_signature',
      'sheets_digest',
      'sheets_missing',
    ])
  })

  it('signs, for Node, what it shows, by the last of its keys', () => {
    const [first] = valid as [Vector]
    expect(first.manifest).toContain(body)
    const x = Buffer.from(publicKeys.at(-1)!, 'hex').toString('base64url')
    const key = createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x }, format: 'jwk' })
    const message = Buffer.concat([Buffer.from('veristamp:print1'), fromHex(body)])
    expect(verify(null, message, key, fromHex(first.manifest.slice(-128)))).toBe(true)
    const { codes, ...rest } = decode(fromHex(body)) as { codes: Uint8Array }
    expect(Buffer.from(codes)).toEqual(createHash('sha256').update(first.codes).digest())
    expect(rest).toEqual({
      ...{ run: '12-104-7-1', facility: 12, product: 104, keyId: 7 },
      ...{ first: 90_001, last: 90_003, count: 3, reserved: 1_767_571_200 },
    })
  })
})

describe('a run and its manifest', () => {
  it.each(valid)('agree: $name', async (vector) => {
    const publicKey = fromHex(publicKeys.at(-1)!)
    expect(await check(vector)).toMatchObject({ ok: true, publicKey })
  })

  it.each(failing)('are refused as $reason: $name', async (vector) => {
    expect(await check(vector)).toMatchObject({ ok: false, reason: vector.reason })
  })

  it('are refused where the manifest is longer than 65536 bytes', async () => {
    const long = { ...valid[0]!, manifest: '00'.repeat(65_537) }
    expect(await check(long)).toMatchObject({ ok: false, reason: 'manifest', detail: 'too long' })
  })
})
