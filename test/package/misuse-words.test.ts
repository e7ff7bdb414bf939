import { createIssuer, type Signer } from 'veristamp'
import * as authority from 'veristamp/authority'
import { createWorkerPool } from 'veristamp/node'
import { openScanLog } from 'veristamp/scanlog'
import {
  createVerifier,
  explain,
  loadRevocationList,
  loadTrustList,
  type Verdict,
  verifySeal,
} from 'veristamp/verify'
import { afterAll, describe, expect, it } from 'vitest'
import * as set from './bytes-fixtures.ts'

/** What people meet who call the library wrongly: the argument, what was expected, what came, and what to do. */

const fixtures = await set.makeFixtures()
afterAll(() => fixtures.remove())
const { trust, trustList, nextList, list, delta, text } = fixtures
const { pins, content, root, press, stamp, verdict, NOW } = set
const loaded = loadTrustList(trust, pins)
const refused = loadTrustList(trust, { ...pins, authority: 'elsewhere.example' })
const log = await openScanLog({ place: set.PLACE })
const pool = createWorkerPool({ threads: 1 })
const verifier = createVerifier({ trustLists: [trustList] })
const hex = Buffer.from(set.PRESS_SEED).toString('hex')

const wrongly =
  // biome-ignore lint/suspicious/noExplicitAny: functions of all types, to be called wrongly
    (call: (...args: any[]) => unknown, ...args: unknown[]) =>
    () =>
      call(...args)
const load = (options: unknown, bytes: unknown = nextList) => wrongly(loadRevocationList, bytes, options)
const create = (options: unknown) => wrongly(createVerifier, options)
const sign = (changes: object) => wrongly(authority.signTrustList, { ...content, ...changes }, [root])
const issue = (options: unknown) => wrongly(createIssuer, options)
const many = (texts: unknown, options?: unknown) => async () => {
  // biome-ignore lint/suspicious/noExplicitAny: wrong on purpose
  for await (const _ of verifier.verifyMany(texts as any, options as any));
}
const pooled = (texts: unknown) => async () => {
  // biome-ignore lint/suspicious/noExplicitAny: wrong on purpose
  for await (const _ of pool.verifier({ trustLists: [trustList] }).verifyMany(texts as any));
}

const LISTS = 'options: expected an object with no fields but trustList, store, got'
const VERIFIER = 'trustLists, revocationLists, engine, maxListAge, clockTolerance'

const CASES: Record<string, [call: () => unknown, message: string | RegExp]> = {
  'verify(undefined)': [wrongly(verifier.verify, undefined), 'text: expected a text, got undefined'],
  'verify({})': [wrongly(verifier.verify, {}), 'text: expected a text, got object'],
  'verify(7)': [wrongly(verifier.verify, 7), 'text: expected a text, got 7'],
  'verify(null)': [wrongly(verifier.verify, null), 'text: expected a text, got null'],
  'verify(a promise)': [
    wrongly(verifier.verify, Promise.resolve(text)),
    'text: expected a text, got Promise: await it',
  ],
  'a text that is missing among many': [many([text, undefined]), 'texts[1]: expected a text, got undefined'],
  'a text that is missing in a pool': [pooled([text, null]), 'texts[1]: expected a text, got null'],
  'one text where many are wanted': [many(text), /^texts: expected an iterable or an async iterable, got "/],
  'a seal of no text': [wrongly(verifySeal, undefined, 'x'), 'text: expected a text, got undefined'],
  'a hidden code that is none': [
    wrongly(verifySeal, text, undefined),
    'hiddenCode: expected a text, got undefined',
  ],
  'a scan of no text': [() => log.scan(undefined as never, verdict), 'text: expected a text, got undefined'],
  'a date in place of options': [
    wrongly(verifier.verify, text, NOW),
    'options: expected an object with no fields but now, got Date: pass { now }',
  ],
  'null options': [
    wrongly(verifier.verify, text, null),
    'options: expected an object with no fields but now, got null',
  ],
  'milliseconds for a date': [
    wrongly(verifier.verify, text, { now: 1764000000000 }),
    'options.now: expected a valid Date, got 1764000000000: pass new Date(1764000000000)',
  ],
  'a date that is none': [
    wrongly(verifier.verify, text, { now: new Date('soon') }),
    'options.now: expected a valid Date, got "Invalid Date"',
  ],
  'the result of a load': [
    load({ trustList: loaded }),
    'options.trustList: expected a loaded trust list, got object: pass loaded.trustList',
  ],
  'the result of a load that failed': [
    load({ trustList: refused }),
    'options.trustList: expected a loaded trust list, got object: check loaded.ok first',
  ],
  'the result of a load among lists': [
    create({ trustLists: [loaded] }),
    'options.trustLists[0]: expected a loaded trust list, got object: pass loaded.trustList',
  ],
  'the result of a load as options': [load(loaded), `${LISTS} "ok": pass { trustList: loaded.trustList }`],
  'a list as options': [load(trustList), /^options: .* trustList, store, got "\w+": pass \{ trustList \}$/],
  'one list where many are wanted': [
    create({ trustLists: trustList }),
    'options.trustLists: expected an array, got object: pass [trustList]',
  ],
  'a list of the wrong kind': [
    create({ trustLists: [trustList], revocationLists: [trustList] }),
    'options.revocationLists[0]: expected a loaded revocation list, got object',
  ],
  'no lists': [create({ trustLists: [] }), /^options\.trustLists\.length: expected a whole number from 1 /],
  'a list by another name': [
    create({ trustLists: [trustList], revocationList: 1 }),
    `options: expected an object with no fields but ${VERIFIER}, got "revocationList": did you mean revocationLists?`,
  ],
  'a content that is not loaded': [
    load({ trustList: content }),
    'options.trustList: expected a loaded trust list, got object',
  ],
  'one delta where many are wanted': [
    wrongly(authority.applyDeltas, list, delta, { trustList }),
    `deltas: expected an array, got ${delta.length} bytes: pass [delta]`,
  ],
  'a delta that is none': [
    wrongly(authority.applyDeltas, list, [hex], { trustList }),
    /^deltas\[0\]: expected a Uint8Array, got "[0-9a-f]{40}…": decode it first$/,
  ],
  'hex for bytes': [load({ trustList }, 'a1b2'), 'bytes: expected a Uint8Array, got "a1b2": decode it first'],
  'a misspelt field of a trust list': [
    sign({ revocationkey: press.publicKey }),
    /^content: .*, got "revocationkey": did you mean revocationKey\?$/,
  ],
  'a misspelt field in its depths': [
    sign({ issuers: [{ ...content.issuers[0], notafter: NOW }] }),
    /^issuers\[0\]: .*, got "notafter": did you mean notAfter\?$/,
  ],
  'a misspelt field of a product': [
    sign({ catalogue: { facilities: [], products: [{ id: 1, facility: 1, name: 'Chè', stras: 4 }] } }),
    /^catalogue\.products\[0\]: .*, got "stras": did you mean stars\?$/,
  ],
  'a registry that was read in place of its catalogue': [
    sign({ catalogue: { ok: true, catalogue: content.catalogue } }),
    /^catalogue: .*, got "ok"/,
  ],
  'one signer where many are wanted': [
    wrongly(authority.signTrustList, content, root),
    'rootSigners: expected an array, got object: pass [rootSigner]',
  ],
  'a signer that can not sign': [
    issue({ keyId: 7, signer: { publicKey: press.publicKey } }),
    'options.signer: expected a Signer, got object',
  ],
  'a signer as options': [issue(press), /^options: .* keyId, signer, scope, got "\w+": pass \{ signer \}$/],
  'a misspelt claim': [
    () => createIssuer({ keyId: 7, signer: press }).issue({ ...stamp, expiry: '2026-03-01' } as never),
    /^stamp: .*, got "expiry": did you mean expires\?$/,
  ],
  'a misspelt field of a scope': [
    issue({ keyId: 7, signer: press, scope: [{ facility: 12, prodcut: 104 }] }),
    /^options\.scope\[0\]: .*, got "prodcut": did you mean product\?$/,
  ],
  'an engine that is none': [
    create({ trustLists: [trustList], engine: 'noble' }),
    'options.engine: expected an Engine, got "noble"',
  ],
  'a store that is none': [
    load({ trustList, store: new Map() }),
    'options.store: expected a SequenceStore, got Map',
  ],
  'a signal that is none': [
    many([], { signal: { aborted: false } }),
    'options.signal: expected an AbortSignal, got object',
  ],
  'its controller': [
    many([], { signal: new AbortController() }),
    'options.signal: expected an AbortSignal, got AbortController',
  ],
  'a language that is not there': [
    wrongly(explain, verdict, 'fr-FR'),
    'language: expected a language of vi, en, got "fr-FR"',
  ],
  'no language': [wrongly(explain, verdict), 'language: expected a language of vi, en, got undefined'],
  'an explanation of no verdict': [
    wrongly(explain, {}, 'en'),
    /^verdict: expected one of valid, malformed, .*, got "undefined"$/,
  ],
}

describe('the message for', () => {
  it.each(Object.entries(CASES))('%s', async (_, [call, message]) => {
    const wrong = (async () => call())()
    await expect(wrong).rejects.toMatchObject({ code: expect.stringMatching(/^argument_(type|range)$/) })
    const told = await wrong.catch((error: Error) => error.message)
    if (typeof message === 'string') expect(told).toBe(message)
    else expect(told).toMatch(message)
  })
})

describe('what is no misuse', () => {
  it('is a language tag of a language that is there', () => {
    const said = explain(verdict as unknown as Verdict, 'vi')
    for (const tag of ['vi-VN', 'VI_vn', 'vi-Latn-VN']) expect(explain(verdict as never, tag)).toBe(said)
    expect(explain(verdict as never, 'en-US')).toBe(explain(verdict as never, 'en'))
  })

  it('is a signal, a signer, an engine or a store of another class, told by its methods', async () => {
    const signal = { aborted: false, addEventListener: () => {}, removeEventListener: () => {} }
    await many([text], { signal })()
    class Device implements Signer {
      readonly publicKey = press.publicKey
      readonly deterministic = true
      readonly slot = 3
      sign(message: Uint8Array) {
        return press.sign(message)
      }
    }
    const code = await createIssuer({ keyId: 7, signer: new Device() }).issue(stamp)
    expect(verifier.verify(code.toText(), { now: NOW })).toHaveProperty('stamp', stamp)
  })

  it('are other fields of facilities and products: they are kept as they came, also beside names like theirs', async () => {
    const others = { images: 'b.png', image2: 'c.png', gln: '8935000000128', mùa: 'xuân' }
    const facility = { id: 12, name: 'HTX Ba Chẽ', ward: 'Ba Chẽ', name_en: 'Ba Che' }
    const product = { id: 104, facility: 12, name: 'Trà', ...others }
    const catalogue = { facilities: [facility], products: [product] }
    const signed = await authority.signTrustList({ ...content, catalogue, issuers: [] }, [root])
    const read = loadTrustList(signed, pins)
    expect(read.ok && [read.trustList.facility(12), read.trustList.product(104)]).toEqual([facility, product])
  })

  it('are the issuers of a loaded list, given back as they are', async () => {
    const issuers = [...trustList.issuers]
    const next = authority.reviseTrustList(trustList, { issued: NOW, expires: set.content.expires, issuers })
    expect(await authority.signTrustList(next, [root])).toBeInstanceOf(Uint8Array)
  })
})
