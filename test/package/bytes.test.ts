import { inspect } from 'node:util'
import { runInNewContext } from 'node:vm'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import 'fake-indexeddb/auto'
import { type Case, casesOf, type Give } from './bytes-cases.ts'
import { type Fixtures, makeFixtures } from './bytes-fixtures.ts'
import { functionsThatTakeBytes } from './takes-bytes.ts'

/** Callers read one file after another into the same memory: nothing that was made of it may change with it. */

/**
 * Reached from a list, these are those of the engine that it was loaded with. What asks a database copies as the folder's
 * ledger does; test/fleet has a database.
 */
const OTHERS_OWN = /^(loadTrustList\(\)\.|openFleet\(\)\.|fleetScanStore\(\)\.|queueRun$|workFleet$)/

const names = (await functionsThatTakeBytes()).filter((name) => !OTHERS_OWN.test(name))
let fixtures: Fixtures
let cases: Record<string, Case>
beforeAll(async () => {
  fixtures = await makeFixtures()
  cases = await casesOf(fixtures)
})
afterAll(() => fixtures.remove())

const shown = (value: unknown): string =>
  inspect(value, { depth: 12, maxArrayLength: null, maxStringLength: null })

/** What shows of a case whose bytes stay as they are. */
const undisturbed = async (one: Case): Promise<string> => shown(await one((bytes) => bytes, fixtures)())

/** The same, where they lie in memory that threads share, amid other bytes, and are written over after the call. */
async function disturbed(one: Case): Promise<string> {
  const given: Buffer[] = []
  const give: Give = (bytes) => {
    const buffer = Buffer.from(new SharedArrayBuffer(bytes.length + 16), 8, bytes.length)
    buffer.set(bytes)
    given.push(buffer)
    return buffer
  }
  const look = one(give, fixtures)
  expect(given).not.toEqual([])
  for (const buffer of given) new Uint8Array(buffer.buffer).fill(0xa5)
  return shown(await look())
}

/** What shows where the bytes are of another realm, as jsdom's tests have them of Node's: of a class made there. */
async function foreign(one: Case): Promise<string> {
  const OtherBuffer = runInNewContext('(class Buffer extends Uint8Array {})') as typeof Uint8Array
  const give: Give = (bytes) => new OtherBuffer(bytes)
  expect(give(new Uint8Array(1))).not.toBeInstanceOf(Uint8Array)
  return shown(await one(give, fixtures)())
}

/** What comes of bytes whose memory was transferred to another thread: none are left. */
async function detached(one: Case): Promise<unknown> {
  const give: Give = (bytes) => {
    const gone = Uint8Array.from(bytes)
    structuredClone(gone.buffer, { transfer: [gone.buffer] })
    return gone
  }
  try {
    return await one(give, fixtures)()
  } catch (error) {
    return error
  }
}

/** Engines say that a signature is false; the rest asks for a key, or for bytes that are only told. */
const NOT_CHECKED = /(verifyMany|key\.verify|ofKey|^createEventMaker|^fileStore\(\)\.write|^writeRegistry)$/

describe('bytes whose memory was transferred', () => {
  it.each(names.filter((name) => !NOT_CHECKED.test(name)))('are an argument error to %s', async (name) => {
    expect(await detached(cases[name]!)).toMatchObject({ code: expect.stringMatching(/^argument_/) })
  })
})

describe('bytes of another realm', () => {
  it.each(names)('are bytes to %s', async (name) => {
    expect(await foreign(cases[name]!)).toBe(await undisturbed(cases[name]!))
  })
})

describe('bytes that were given and then written over', () => {
  it('belong to functions that all have a case here', () => {
    expect(names.length).toBeGreaterThan(70)
    expect(Object.keys(cases).sort()).toEqual(names)
  })

  it.each(names)('change nothing of %s', async (name) => {
    expect(await disturbed(cases[name]!)).toBe(await undisturbed(cases[name]!))
  })

  it('are found where something keeps them', async () => {
    const keeps: Case = (give) => {
      const kept = { list: [give(Uint8Array.of(1, 2, 3))] }
      return () => kept
    }
    expect(await disturbed(keeps)).not.toBe(await undisturbed(keeps))
  })
})
