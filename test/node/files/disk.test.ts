import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { systemCalls } from '../../../src/node/files/disk.ts'
import { createWhole, replaceWhole } from '../../../src/node/files/durable.ts'
import { fileStore } from '../../../src/node/stores/file-store.ts'
import { readReservations, reserveRun } from '../../../src/run/ledger/journal.ts'
import { resumeRun, startRun } from '../../../src/run/run.ts'
import { fonts } from '../../support/labels.ts'
import { JOB, keySigner, outputsOf, PLAIN, PRESS_SEED, REACH, RESERVED, toolsOf } from '../../support/runs.ts'

/** File systems that fail: antivirus programs for a moment, those without hard links for good. */

const original = { ...systemCalls }
let folder: string
let waited: number
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'veristamp-disk-'))
  waited = 0
  systemCalls.wait = (milliseconds) => {
    waited += milliseconds
  }
})
afterEach(() => {
  Object.assign(systemCalls, original)
  rmSync(folder, { recursive: true })
})

type Call = 'rename' | 'link' | 'remove'
const error = (code: string) => Object.assign(new Error(`${code}: of a test`), { code })
const replace = (call: Call, by: (...args: string[]) => void) => Object.assign(systemCalls, { [call]: by })
/** A call that fails so many times, and then works again; `Infinity`: for good. */
const fail = (call: Call, code: string, times: number) => {
  let left = times
  replace(call, (...args) => {
    if (left-- > 0) throw error(code)
    ;(original[call] as (...args: string[]) => void)(...args)
  })
}
const fromEach = <A, B>(as: readonly A[], bs: readonly B[]) =>
  as.flatMap((a) => bs.map((b) => [a, b] as const))
const bytes = new TextEncoder().encode('x')
const reach = { ...REACH, publicKey: keySigner(PRESS_SEED).publicKey }
const PASSING = ['EPERM', 'EBUSY', 'EACCES']

describe('a call that fails for a moment', () => {
  it.each(fromEach(['rename', 'link', 'remove'] as const, PASSING))(
    '%s with %s is tried again, and the run ends as if nothing had been',
    async (call, code) => {
      const whole = await startRun(join(folder, 'whole'), PLAIN, REACH, { ...toolsOf(fonts), now: RESERVED })
      let calls = 0
      replace(call, (...args) => {
        if (calls++ % 2 === 0) throw error(code)
        ;(original[call] as (...args: string[]) => void)(...args)
      })
      const run = await startRun(join(folder, 'runs'), PLAIN, REACH, { ...toolsOf(fonts), now: RESERVED })
      expect(outputsOf(run.folder)).toEqual(outputsOf(whole.folder))
      expect(waited).toBeGreaterThan(0)
    },
  )

  it.each(PASSING)('with %s on end ends after a second, and leaves no half a file', (code) => {
    createWhole(join(folder, 'a'), bytes)
    fail('rename', code, Number.POSITIVE_INFINITY)
    expect(() => replaceWhole(join(folder, 'a'), new Uint8Array(9))).toThrow(code)
    expect([waited, readdirSync(folder), readFileSync(join(folder, 'a'), 'utf8')]).toEqual([1000, ['a'], 'x'])
  })

  it('with another error is not tried again', () => {
    fail('link', 'ENOSPC', Number.POSITIVE_INFINITY)
    expect(() => createWhole(join(folder, 'a'), bytes)).toThrow('ENOSPC')
    expect(waited).toBe(0)
  })
})

describe('what can’t be cleaned up', () => {
  it('turns no reservation that was kept into a failure, and no finished run', async () => {
    fail('remove', 'EPERM', Number.POSITIVE_INFINITY)
    const { id } = reserveRun(folder, JOB, reach, { now: RESERVED })
    expect(readReservations(folder).map((run) => run.id)).toEqual([id])
    const finished = await resumeRun(folder, id, toolsOf(fonts))
    expect(existsSync(finished.manifest)).toBe(true)
    Object.assign(systemCalls, { remove: original.remove })
    expect(reserveRun(folder, JOB, reach, { now: RESERVED }).first).toBe(41)
  })

  it('of a store changes nothing that it keeps', () => {
    fail('remove', 'EBUSY', Number.POSITIVE_INFINITY)
    const store = fileStore(join(folder, 'seen'))
    const digest = new Uint8Array(32)
    for (let sequence = 1; sequence < 12; sequence++)
      store.write('a.example', 'trust', { epoch: 0, sequence, digest } as never)
    expect(store.read('a.example', 'trust')).toMatchObject({ sequence: 11 })
  })
})

describe('a file system without hard links', () => {
  it.each(['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'EISDIR', 'ENOSYS', 'EMLINK'])(
    'that answers %s is refused before anything is written',
    (code) => {
      fail('link', code, Number.POSITIVE_INFINITY)
      const missing = expect.objectContaining({ code: 'no_hard_links' })
      expect(() => reserveRun(join(folder, 'runs'), JOB, reach, { now: RESERVED })).toThrow(missing)
      expect(readdirSync(folder)).toEqual([])
      expect(() => createWhole(join(folder, 'a'), bytes)).toThrow(missing)
      expect(readdirSync(folder)).toEqual([])
    },
  )

  it('is told from an antivirus program by a second of tries', () => {
    fail('link', 'EPERM', 7)
    expect(reserveRun(folder, JOB, reach, { now: RESERVED }).first).toBe(1)
  })
})

describe('a folder that can’t be flushed', () => {
  it.each(['EINVAL', 'ENOTSUP'])('by a file system that answers %s keeps files all the same', (code) => {
    let calls = 0
    systemCalls.flush = (descriptor) => {
      if (++calls % 2 === 0) throw error(code) // of the folder, after its file
      original.flush(descriptor)
    }
    createWhole(join(folder, 'a'), bytes)
    expect(readdirSync(folder)).toEqual(['a'])
    systemCalls.flush = () => {
      throw error('EIO')
    }
    expect(() => createWhole(join(folder, 'b'), bytes)).toThrow('EIO')
  })
})
