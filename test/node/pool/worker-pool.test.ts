import { createPrivateKey } from 'node:crypto'
import { fileURLToPath } from 'node:url'
import { afterAll, describe, expect, it } from 'vitest'
import { createIssuer } from '../../../src/issue/issuer.ts'
import { ArgumentRangeError, ArgumentTypeError, VeristampError } from '../../../src/lib/errors.ts'
import { createWorkerPool } from '../../../src/node/pool/worker-pool.ts'
import type { Verdict } from '../../../src/verify/verdict.ts'
import { createVerifier } from '../../../src/verify/verifier.ts'
import { pkcs8 } from '../../ed25519/describe-signer.ts'
import { issue, kiln, NOW, PREFIX, press, stamp, stranger, trustListWith } from '../../support/fixtures.ts'
import { drain, forever, sourceOf } from '../../support/streams.ts'

const at = (path: string) => fileURLToPath(new URL(path, import.meta.url))
/** The worker as it was built; `npm test` builds first. */
const workerFile = at('../../../dist/node-worker.cjs')
const pool = createWorkerPool({ threads: 2, workerFile })
afterAll(() => pool.close())

const trustLists = [await trustListWith()]
const seed = Buffer.from(Array.from({ length: 32 }, (_, i) => i)).toString('hex')
/** The key of `press`. */
const privateKey = createPrivateKey({ key: pkcs8(seed), format: 'der', type: 'pkcs8' })

const code = await issue({ ...stamp, expires: '2026-01-09' })
const TEXTS = [
  (await issue(stamp)).toText(),
  code.toText('digits'),
  code.toUrl(PREFIX),
  (await issue({ facility: 13, product: 201, serial: 1 }, kiln)).toText(),
  (await issue(stamp, stranger)).toText(),
  (await issue(stamp, press, 9)).toText(),
  'no stamp',
]
const many = Array.from({ length: 300 }, (_, i) => TEXTS[(i * i) % TEXTS.length]!)

describe('verifying over the cores', () => {
  const verifier = pool.verifier({ trustLists })

  it.each([1, 7, 1024])('gives the verdicts of one thread, in order, in chunks of %d', async (chunk) => {
    const single = createVerifier({ trustLists })
    const expected = new Map(TEXTS.map((text) => [text, single.verify(text, { now: NOW })]))
    const told: number[] = []
    const onProgress = (checked: number) => told.push(checked)
    const { items } = await drain(verifier.verifyMany(sourceOf(many), { now: NOW, chunk, onProgress }))
    expect(items).toEqual(many.map((text) => expected.get(text)))
    expect(told.at(-1)).toBe(many.length)
  })

  it.each([1, 7, 1024])(
    'counts them, and tells what is not valid, in order, in chunks of %d',
    async (chunk) => {
      const single = createVerifier({ trustLists })
      const expected = many.map((text) => single.verify(text, { now: NOW }))
      const others: [Verdict, number][] = []
      const told: number[] = []
      const counts = await verifier.countMany(sourceOf(many), {
        ...{ now: NOW, chunk },
        onOther: (verdict, index) => void others.push([verdict, index]),
        onProgress: (checked) => void told.push(checked),
      })
      const of = (status: string) => expected.filter((verdict) => verdict.status === status).length
      expect(counts).toEqual({
        valid: of('valid'),
        invalid: of('invalid'),
        indeterminate: of('indeterminate'),
      })
      expect(others).toEqual(
        expected
          .map((verdict, i) => [verdict, i])
          .filter(([verdict]) => (verdict as Verdict).status !== 'valid'),
      )
      expect(told.at(-1)).toBe(many.length)
    },
  )

  it('ends a count that is cancelled, or whose source or callback fails', async () => {
    const signal = AbortSignal.abort(new Error('enough'))
    await expect(verifier.countMany(many, { signal })).rejects.toThrow('enough')
    const torn = sourceOf(many, () => Promise.reject(new Error('torn')))
    await expect(verifier.countMany(torn)).rejects.toThrow('torn')
    const onOther = () => {
      throw new Error('full')
    }
    await expect(verifier.countMany(many, { onOther })).rejects.toThrow('full')
    await expect(verifier.countMany(many, { onOther: 'x' as never })).rejects.toThrow(
      'options.onOther: expected',
    )
  })

  it('keeps more lists apart than a worker keeps', async () => {
    const moments = Array.from({ length: 7 }, (_, i) => new Date(NOW.getTime() + i * 1000))
    const lists = await Promise.all(moments.map((_, i) => trustListWith({ sequence: 10 + i })))
    for (let round = 0; round < 2; round++)
      for (const [i, now] of moments.entries()) {
        const own = pool.verifier({ trustLists: [lists[i]!] })
        const [verdict] = (await drain(own.verifyMany([TEXTS[0]!], { now }))).items
        expect(verdict).toMatchObject({ checkedAt: now, trustList: { sequence: 10 + i } })
      }
  })

  it('is helped by the calling thread while that waits', async () => {
    const alone = createWorkerPool({ threads: 2, workerFile: at('idle-worker.mjs') })
    const texts = many.filter((text) => text !== TEXTS[4]) // whose second key is tried when help has ended
    const verdicts = await drain(alone.verifier({ trustLists }).verifyMany(texts, { now: NOW, chunk: 1024 }))
    expect(verdicts).toEqual(await drain(createVerifier({ trustLists }).verifyMany(texts, { now: NOW })))
    await alone.close()
  })

  it('fails the texts that the calling thread can not help with, and no other stream', async () => {
    const [list] = trustLists
    const publicKey = new Uint8Array(32) // which the pool's engine refuses
    const weak = { ...list!, issuers: list!.issuers.map((issuer) => ({ ...issuer, publicKey })) }
    const alone = createWorkerPool({ threads: 2, workerFile: at('idle-worker.mjs') })
    const texts = Array.from({ length: 100 }, () => TEXTS[0]!)
    const [failed, other] = await Promise.all([
      drain(
        alone
          .verifier({ trustLists: [{ ...weak, issuers: weak.issuers.slice(0, 1) }] })
          .verifyMany(texts, { now: NOW }),
      ),
      drain(alone.verifier({ trustLists }).verifyMany(texts, { now: NOW })),
    ])
    expect(failed.items).toEqual([])
    expect(failed.error).toBeInstanceOf(VeristampError)
    expect(failed.error).toMatchObject({
      code: 'worker_failed',
      message: 'texts 0 to 99: their worker failed',
    })
    expect(((failed.error as VeristampError).cause as Error).message).toMatch(
      /^engine: expected an Engine, got .*key_small_order/,
    )
    expect(other).toEqual(await drain(createVerifier({ trustLists }).verifyMany(texts, { now: NOW })))
    await alone.close()
  })

  it('reads up to two chunks a worker ahead and no more, and closes a source that is left', async () => {
    const source = sourceOf(
      (function* () {
        for (;;) yield 'no stamp'
      })(),
    )
    const stream = verifier.verifyMany(source, { chunk: 10 })
    await stream.next()
    expect(source.asked).toBe(20)
    await stream.return()
    expect(source.closed).toBe(true)
  })

  it('answers as far as a source that fails had come', async () => {
    const source = sourceOf(many, () => Promise.reject(new Error('torn')))
    const { items, error } = await drain(verifier.verifyMany(source, { now: NOW, chunk: 7 }))
    expect(items.length).toBe(many.length)
    expect(error).toMatchObject({ message: 'torn' })
  })

  it('lets other work run between chunks, even where no text has a signature to verify', async () => {
    const cancel = new AbortController()
    setImmediate(() => cancel.abort(new Error('enough')))
    const texts = Array.from({ length: 10_000 }, () => 'no stamp')
    const stream = verifier.verifyMany(texts, { chunk: 10, signal: cancel.signal })
    const { items, error } = await drain(stream)
    expect(error).toMatchObject({ message: 'enough' })
    expect(items.length).toBeLessThan(texts.length)
  })

  it('ends once cancelled, even when the source is stuck', async () => {
    const controller = new AbortController()
    const stream = verifier.verifyMany(sourceOf(many, forever), { chunk: 7, signal: controller.signal })
    setTimeout(() => controller.abort(new Error('enough')), 20)
    expect(await drain(stream)).toMatchObject({ error: { message: 'enough' } })
  })
})

describe('signing over the cores', () => {
  it('gives the codes of one thread, in order', async () => {
    const row = { facility: 12, product: 104, first: 1, count: 100 }
    const pooled = createIssuer({ keyId: 7, signer: pool.signer(privateKey) })
    const { items } = await drain(pooled.issueMany({ ...row, concurrency: 50 }))
    expect(items).toEqual((await drain(createIssuer({ keyId: 7, signer: press }).issueMany(row))).items)
  })

  it('needs a private Ed25519 key', () => {
    expect(() => pool.signer(new Uint8Array(32) as never)).toThrow(ArgumentTypeError)
  })
})

/** How `dying-worker.mjs` dies, and what it says of it. */
const DEATHS: [number, string, RegExp][] = [
  [1, 'throws', /^thrown$/],
  [2, 'throws late', /^thrown late$/],
  [3, 'calls process.exit', /exited with code: 3$/],
  [4, 'runs out of memory', /memory/],
  [5, 'throws where nobody waits', /^thrown by a timer$/],
  [7, 'leaves signatures unanswered', /not all texts were answered/],
]

const dying = (threads = 1) => createWorkerPool({ threads, memory: 32, workerFile: at('dying-worker.mjs') })

/** A text that tells the worker how to die. */
const deadly = (how: number): string => `DIE${how}`

describe.each(DEATHS)('a worker that dies in way %d: it %s', (how, _, message) => {
  it('fails the texts that it had, by their places; those before are answered, and others take over', async () => {
    const mortal = dying()
    const { verifyMany } = mortal.verifier({ trustLists })
    const texts = Array.from({ length: 50 }, (_, i) => (i === 33 ? deadly(how) : TEXTS[0]!))
    const { items, error } = await drain(verifyMany(texts, { now: NOW, chunk: 4 }))
    expect(items.every(({ status }) => status === 'valid')).toBe(true)
    expect(error).toBeInstanceOf(VeristampError)
    const { code, message: words, cause } = error as VeristampError
    expect(code).toBe('worker_failed')
    expect(words).toBe(`texts ${items.length} to ${items.length + 3}: their worker failed`)
    expect((cause as Error).message).toMatch(message)
    // Two chunks are under way at the most: the deadly one, and another that its worker had.
    expect([28, 32]).toContain(items.length)
    expect((await drain(verifyMany(Array(20).fill(TEXTS[0]), { now: NOW, chunk: 4 }))).items).toHaveLength(20)
    await mortal.close()
  })

  it('fails the texts that it had while others work too', async () => {
    const mortal = dying(3)
    const { verifyMany } = mortal.verifier({ trustLists })
    const texts = Array.from({ length: 60 }, (_, i) => (i === 2 ? deadly(how) : TEXTS[0]!))
    const { items, error } = await drain(verifyMany(texts, { now: NOW, chunk: 4 }))
    expect(items).toEqual([])
    expect(error).toMatchObject({ code: 'worker_failed', message: 'texts 0 to 3: their worker failed' })
    expect((await drain(verifyMany(Array(20).fill(TEXTS[0]), { now: NOW, chunk: 4 }))).items).toHaveLength(20)
    await mortal.close()
  })

  it('fails the serials that it had to sign', async () => {
    const mortal = dying(1)
    const issuer = createIssuer({ keyId: 7, signer: mortal.signer(privateKey) })
    const row = { facility: 12, product: 104, first: 900, count: 200, concurrency: 16 }
    const { items, error } = await drain(issuer.issueMany(row))
    const next = 900 + items.length
    expect(error).toMatchObject({ code: 'signing_failed', message: `serial ${next}: not signed` })
    expect(next).toBeGreaterThan(1000 + how - 32)
    expect(next).toBeLessThanOrEqual(1001)
    expect((await drain(issuer.issueMany({ ...row, first: 1, count: 20 }))).items).toHaveLength(20)
    await mortal.close()
  })
})

describe('a pool', () => {
  it('survives what a worker throws after its answer', async () => {
    const mortal = dying(1)
    const { verifyMany } = mortal.verifier({ trustLists })
    const { items } = await drain(verifyMany([deadly(6)], { now: NOW }))
    expect(items[0]).toMatchObject({ reason: 'malformed' })
    await new Promise((resolve) => setTimeout(resolve, 100))
    const after = await drain(verifyMany(Array(20).fill(TEXTS[0]), { now: NOW, chunk: 4 }))
    // The timer goes off when the next task wakes the worker, and may take that with it.
    if (after.error !== undefined) expect(after.error).toMatchObject({ code: 'worker_failed' })
    else expect(after.items).toHaveLength(20)
    expect((await drain(verifyMany([TEXTS[0]!], { now: NOW }))).items).toHaveLength(1)
    await mortal.close()
  })

  it.each([
    [1, 'no-such-worker.cjs'],
    [2, 'no-such-worker.cjs'],
    [2, 'exiting-worker.mjs'],
  ])('of %d threads says so each time when its workers can not begin: %s', async (threads, file) => {
    const lost = createWorkerPool({ threads, workerFile: at(file) })
    const { verifyMany } = lost.verifier({ trustLists })
    for (let i = 0; i < 3; i++) {
      const streams = Array.from({ length: 4 }, () => drain(verifyMany([TEXTS[0]!])))
      for (const { error } of await Promise.all(streams)) {
        expect(error).toMatchObject({ code: 'worker_failed', message: 'texts 0 to 0: their worker failed' })
      }
    }
    await lost.close()
  })

  it('fails what is under way when it is closed, and all that comes later', async () => {
    const closing = createWorkerPool({ threads: 1, workerFile })
    const { verifyMany } = closing.verifier({ trustLists })
    const running = drain(verifyMany(sourceOf(many), { now: NOW, chunk: 4 }))
    await closing.close()
    expect((await running).error).toMatchObject({ code: 'worker_failed' })
    expect((await drain(verifyMany([TEXTS[0]!]))).error).toMatchObject({ code: 'worker_failed' })
  })

  it.each([
    [ArgumentRangeError, 'threads', { threads: 0 }],
    [ArgumentTypeError, 'threads', { threads: '2' }],
    [ArgumentRangeError, 'memory', { memory: 0.5 }],
  ] as const)('is not made with wrong options: %o about %s', (type, name, options) => {
    const create = () => createWorkerPool(options as never)
    expect(create).toThrow(type)
    expect(create).toThrow(new RegExp(`^options\\.${name}: `))
  })
})
