import { createInterface } from 'node:readline'
import { Readable } from 'node:stream'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Engine } from '../../src/ed25519/engine.ts'
import { nobleEngine } from '../../src/ed25519/noble/engine.ts'
import { loadEngine } from '../../src/ed25519/wasm/wasm-engine.ts'
import { ArgumentRangeError, ArgumentTypeError } from '../../src/lib/errors.ts'
import { nativeEngine } from '../../src/node/native-engine.ts'
import type { RevocationList } from '../../src/revocation/revocation-list.ts'
import { encodeText } from '../../src/stamp/carrier.ts'
import type { VerifierOptions } from '../../src/verify/options.ts'
import { createVerifier } from '../../src/verify/verifier.ts'
import {
  content,
  forge,
  garden,
  issue,
  kiln,
  NOW,
  PREFIX,
  press,
  pressEntry,
  signerFrom,
  stamp,
  stranger,
  trustListWith,
} from '../support/fixtures.ts'
import { runs } from '../support/laws.ts'
import { drain, forever, sourceOf } from '../support/streams.ts'
import { withBitFlipped } from '../support/tamper.ts'

/** Eight keys of one id in one authority, and a ninth in another. */
const crowd = Array.from({ length: 7 }, (_, i) => signerFrom(0xd0 + i))
const harbour = signerFrom(0xc0)
const trustLists = [
  await trustListWith({
    issuers: [
      pressEntry,
      ...crowd.map(({ publicKey }, i) => ({
        ...pressEntry,
        publicKey,
        scope: [{ facility: 20 + i, product: 1 }],
      })),
      content.issuers[2]!,
    ],
  }),
  await trustListWith({
    authority: 'vn-haiphong',
    prefixes: [],
    issuers: [{ ...pressEntry, publicKey: harbour.publicKey }],
  }),
]

const code = await issue({ ...stamp, expires: '2026-01-09' })
const TEXTS = [
  (await issue(stamp)).toText(),
  code.toText('digits'),
  code.toUrl(PREFIX),
  code.toUrl('HTTPS://ELSEWHERE.EXAMPLE/'),
  (await issue(stamp, harbour)).toText(),
  (await issue(stamp, crowd[6])).toText(),
  (await issue({ ...stamp, facility: 26, product: 1 }, crowd[6])).toText(),
  (await issue({ facility: 12, product: 105, serial: 1 }, garden, 300)).toText(),
  (await issue({ facility: 13, product: 201, serial: 1 }, kiln)).toText(), // a key that is trusted no more
  (await issue(stamp, stranger)).toText(),
  (await issue(stamp, press, 9)).toText(),
  forge([7, 12, 104, 1, new Map([[5, 0]])]).base45,
  ...[0, 80, 81, 335, 336, 591].map((bit) => encodeText(withBitFlipped(code.bytes, bit), 'base45')),
  '',
  'no stamp',
]

/** An engine for many at once that is nothing but slow. */
const batching: Engine = {
  name: 'batching',
  importKey: nobleEngine.importKey,
  verifyMany: (jobs) => jobs.map(({ key, message, signature }) => key.verify(message, signature)),
}

const verifierWith = (options: Partial<VerifierOptions> = {}) => createVerifier({ trustLists, ...options })
const single = verifierWith()
const singly = new Map(TEXTS.map((text) => [text, single.verify(text, { now: NOW })]))

describe.each([nobleEngine, nativeEngine, await loadEngine(), batching])(
  'with the engine $name',
  (engine) => {
    const verifier = verifierWith({ engine })

    it('many texts get the verdicts that they get one by one, in order', async () => {
      const lists = fc.array(fc.constantFrom(...TEXTS), { maxLength: 40 })
      await fc.assert(
        fc.asyncProperty(lists, fc.integer({ min: 1, max: 50 }), async (texts, chunk) => {
          const { items } = await drain(verifier.verifyMany(texts, { now: NOW, chunk }))
          expect(items).toEqual(texts.map((text) => singly.get(text)))
        }),
        { numRuns: runs(20) },
      )
    })
  },
)

describe('many texts', () => {
  it('are verified together by the engine that the lists were loaded with', async () => {
    let batches = 0
    const verifyMany: Engine['verifyMany'] = (jobs) => {
      batches++
      return batching.verifyMany!(jobs)
    }
    const engine: Engine = { ...batching, verifyMany }
    const list = await trustListWith()
    const verifier = createVerifier({ trustLists: [{ ...list, engine }] })
    const { items } = await drain(verifier.verifyMany(TEXTS, { now: NOW }))
    expect(items).toEqual(TEXTS.map((text) => verifier.verify(text, { now: NOW })))
    expect(batches).toBe(2) // the list has two keys of one id: the second is tried on what is left
  })

  it('cost no more verifications than one by one', async () => {
    let count = 0
    const verifyMany: Engine['verifyMany'] = (jobs) => {
      count += jobs.length
      return batching.verifyMany!(jobs)
    }
    const verifier = verifierWith({ engine: { ...batching, verifyMany } })
    const [first, last, none] = [TEXTS[0]!, TEXTS[4]!, TEXTS[9]!]
    await drain(verifier.verifyMany([first, last, none, ''], { now: NOW }))
    expect(count).toBe(1 + 9 + 9)
  })

  it('are checked at one moment, which may be the present', async () => {
    const before = Date.now()
    const stream = single.verifyMany(['', ''], { chunk: 1 })
    const { value: one } = await stream.next()
    const after = Date.now()
    await new Promise((resolve) => setTimeout(resolve, 5))
    const { value: other } = await stream.next()
    expect(one!.checkedAt).toBe(other!.checkedAt)
    expect(one!.checkedAt.getTime()).toBeGreaterThanOrEqual(before)
    expect(one!.checkedAt.getTime()).toBeLessThanOrEqual(after)
  })

  it('may come late and take their time', async () => {
    const { items } = await drain(single.verifyMany(sourceOf(TEXTS), { now: NOW, chunk: 4 }))
    expect(items).toEqual(TEXTS.map((text) => singly.get(text)))
  })

  it('are held a chunk at a time', async () => {
    const source = sourceOf(
      (function* () {
        for (;;) yield ''
      })(),
    )
    const stream = single.verifyMany(source, { chunk: 10 })
    for (let i = 1; i <= 95; i++) {
      await stream.next()
      expect(source.asked).toBe(Math.ceil(i / 10) * 10)
    }
    await stream.return()
    expect(source.closed).toBe(true)
  })

  it('are told of as they go, and leave room for other work', async () => {
    const told: number[] = []
    const onProgress = (checked: number) => void told.push(checked)
    await drain(single.verifyMany(Array(25).fill(''), { chunk: 10, onProgress }))
    expect(told).toEqual([10, 20, 25])
    const ticks: number[] = []
    const timer = setInterval(() => ticks.push(told.length))
    await drain(single.verifyMany(Array(25_000).fill(''), { chunk: 10, onProgress }))
    clearInterval(timer)
    expect(ticks.length).toBeGreaterThan(0)
  })

  it('end with what a listener to progress throws', async () => {
    const source = sourceOf(['', '', ''])
    const onProgress = () => {
      throw new Error('no disk to tell it to')
    }
    const { items, error } = await drain(single.verifyMany(source, { chunk: 2, onProgress }))
    expect(items).toHaveLength(2)
    expect(error).toMatchObject({ message: 'no disk to tell it to' })
    expect(source.closed).toBe(true)
  })

  it('are answered as far as a source that fails had come', async () => {
    const source = sourceOf(TEXTS, () => Promise.reject(new Error('torn')))
    const { items, error } = await drain(single.verifyMany(source, { now: NOW }))
    expect(items).toEqual(TEXTS.map((text) => singly.get(text)))
    expect(error).toMatchObject({ message: 'torn' })
  })

  it('are answered no more once cancelled: not in the midst of a chunk, not by a source that is stuck', async () => {
    const controller = new AbortController()
    const source = sourceOf(['', '', ''], forever)
    const stream = single.verifyMany(source, { chunk: 2, signal: controller.signal })
    await stream.next()
    controller.abort(new Error('enough'))
    await expect(stream.next()).rejects.toThrow('enough')
    expect(source.closed).toBe(true)

    const other = new AbortController()
    const stuck = drain(single.verifyMany(sourceOf([''], forever), { signal: other.signal }))
    setTimeout(() => other.abort(new Error('closing time')))
    expect(await stuck).toMatchObject({ items: [], error: { message: 'closing time' } })
  })

  it('of a stream without waiting can be cancelled by what happens meanwhile', async () => {
    const controller = new AbortController()
    setTimeout(() => controller.abort(new Error('enough')))
    const endless = (function* () {
      for (;;) yield ''
    })()
    const { error } = await drain(single.verifyMany(endless, { signal: controller.signal }))
    expect(error).toMatchObject({ message: 'enough' })
  })
})

describe('a source that drops what nobody listens to', () => {
  it('is listened to from the first moment on', async () => {
    const lines = createInterface({ input: Readable.from([`${TEXTS.join('\n')}\n`]) })
    const { items } = await drain(single.verifyMany(lines, { now: NOW }))
    expect(items).toHaveLength(TEXTS.length)
    let isListening = false
    const source = {
      [Symbol.asyncIterator]() {
        isListening = true
        return sourceOf([''])[Symbol.asyncIterator]()
      },
    }
    const first = single.verifyMany(source).next()
    expect(isListening).toBe(true)
    expect(await first).toMatchObject({ done: false })
  })
})

describe('a verifier', () => {
  it('stays as it was made, whatever becomes of the options and arrays that it was given', async () => {
    const lists = [...trustLists]
    const revocationLists: RevocationList[] = []
    const options: Mutable<VerifierOptions> = { trustLists: lists, revocationLists, engine: nobleEngine }
    const verifier = createVerifier(options)
    const at = { now: new Date(NOW) }
    const expected = TEXTS.map((text) => verifier.verify(text, { now: NOW }))
    const stream = verifier.verifyMany(TEXTS, at)
    const broken: Engine = { ...nobleEngine, verifyMany: (jobs) => jobs.map(() => false) }
    lists.splice(0, 2, { ...trustLists[0]!, engine: broken, issuers: [] })
    revocationLists.push({} as RevocationList)
    Object.assign(options, { trustLists: [], engine: broken, maxListAge: 1, clockTolerance: 0 })
    at.now.setTime(0)
    expect(TEXTS.map((text) => verifier.verify(text, { now: NOW }))).toEqual(expected)
    expect((await drain(stream)).items).toEqual(expected)
    expect((await drain(verifier.verifyMany(TEXTS, { now: NOW }))).items).toEqual(expected)
  })
})

type Mutable<T> = { -readonly [Field in keyof T]: T[Field] }

describe('misuse', () => {
  it.each([
    [ArgumentTypeError, 'texts', ['one text']],
    [ArgumentTypeError, 'texts', [undefined]],
    [ArgumentTypeError, 'options.now', [[], { now: 5 }]],
    [ArgumentRangeError, 'options.now', [[], { now: new Date(Number.NaN) }]],
    [ArgumentRangeError, 'options.chunk', [[], { chunk: 0 }]],
    [ArgumentRangeError, 'options.chunk', [[], { chunk: 65_537 }]],
    [ArgumentTypeError, 'options.chunk', [[], { chunk: '8' }]],
  ] as const)('throws %o about %s at the call, before anything is asked for', (type, name, args) => {
    const call = () => single.verifyMany(...(args as unknown as Parameters<typeof single.verifyMany>))
    expect(call).toThrow(type)
    expect(call).toThrow(new RegExp(`^${name}: `))
  })

  it('at one of the texts comes after the verdicts of those before, and names its place', async () => {
    const texts = [...TEXTS.slice(0, 3), undefined as unknown as string, ...TEXTS]
    const { items: verdicts, error } = await drain(single.verifyMany(texts, { now: NOW }))
    expect(verdicts).toEqual(TEXTS.slice(0, 3).map((text) => singly.get(text)))
    expect(error).toBeInstanceOf(ArgumentTypeError)
    expect((error as Error).message).toBe('texts[3]: expected a text, got undefined')
  })
})
