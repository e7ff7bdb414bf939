import { spawn } from 'node:child_process'
import {
  copyFileSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  truncateSync,
  writeFileSync,
} from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Seen } from '../../../src/document/store.ts'
import { encodeChecked } from '../../../src/node/files/checked-text.ts'
import { fileStore } from '../../../src/node/stores/file-store.ts'
import { AUTHORITY, listOf, outcome, rootsOf } from '../../support/trust-lists.ts'

let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'veristamp-store-'))
  path = join(folder, 'seen')
  return () => rmSync(folder, { recursive: true })
})

const seen = (sequence: number, more: Partial<Seen> = {}): Seen => ({
  epoch: 1,
  sequence,
  digest: new Uint8Array(32).fill(sequence % 256),
  ...more,
})

/** The newest generation's file. */
const newestFile = (): string => {
  const generations = readdirSync(folder).map((name) => Number(name.split('.')[1]))
  return `${path}.${Math.max(...generations)}`
}

describe('a file store', () => {
  it('that was never used is empty', () => {
    expect(fileStore(path).read('quang-ninh', 'trust')).toBeUndefined()
    expect(readdirSync(folder)).toEqual([])
  })

  it('reads what it was given, in another process as well', () => {
    const roots = { threshold: 2, keys: rootsOf(1, 1, 'a', 'b').keys }
    fileStore(path).write('quang-ninh', 'trust', seen(7, { epoch: 3, roots }))
    fileStore(path).write('quang-ninh', 'revocation', seen(9))
    fileStore(path).write('ministry', 'trust', seen(2 ** 53 - 1))
    const reopened = fileStore(path)
    expect(reopened.read('quang-ninh', 'trust')).toEqual(seen(7, { epoch: 3, roots }))
    expect(reopened.read('quang-ninh', 'revocation')).toEqual(seen(9))
    expect(reopened.read('ministry', 'trust')).toEqual(seen(2 ** 53 - 1))
    expect(reopened.read('ministry', 'revocation')).toBeUndefined()
  })

  it('stands between a verifier and older lists', () => {
    const list = (sequence: number) => listOf({ sequence }, 'root')
    expect(outcome(list(5), { store: fileStore(path) })).toBe('ok')
    expect(outcome(list(4), { store: fileStore(path) })).toBe('rollback')
    expect(outcome(listOf({ sequence: 5, issuers: [] }, 'root'), { store: fileStore(path) })).toBe(
      'equivocation',
    )
    expect(outcome(list(6), { store: fileStore(path) })).toBe('ok')
  })

  it('keeps the roots of a rotation', () => {
    const rotation = listOf({ roots: rootsOf(2, 1, 'new root') }, 'root', 'new root')
    expect(outcome(rotation, { store: fileStore(path) })).toBe('ok')
    const next = listOf({ sequence: 2, roots: rootsOf(2, 1, 'new root') }, 'new root')
    expect(outcome(next, { store: fileStore(path) })).toBe('ok')
  })

  it('never goes back, whoever writes', () => {
    const [one, two] = [fileStore(path), fileStore(path)]
    one.write('quang-ninh', 'trust', seen(8))
    two.write('quang-ninh', 'trust', seen(6))
    two.write('quang-ninh', 'trust', seen(8, { digest: new Uint8Array(32) }))
    expect(one.read('quang-ninh', 'trust')).toEqual(seen(8))
    two.write('quang-ninh', 'trust', seen(1, { epoch: 2 }))
    expect(one.read('quang-ninh', 'trust')).toEqual(seen(1, { epoch: 2 }))
  })

  it('keeps a few generations, and no temporary file', () => {
    const store = fileStore(path)
    for (let sequence = 1; sequence <= 20; sequence++) store.write('quang-ninh', 'trust', seen(sequence))
    const names = readdirSync(folder).sort()
    expect(names).toEqual(Array.from({ length: 8 }, (_, index) => `seen.${13 + index}`))
  })

  it('is not disturbed by what else lies in the folder', () => {
    fileStore(path).write('quang-ninh', 'trust', seen(3))
    for (const name of ['seen', 'seen.0c8c.tmp', 'seen.099', 'seen.x', 'seenx.99', 'other.99']) {
      writeFileSync(join(folder, name), 'junk')
    }
    expect(fileStore(path).read('quang-ninh', 'trust')).toEqual(seen(3))
  })

  it('finds its folder missing', () => {
    const store = fileStore(join(folder, 'nowhere', 'seen'))
    expect(() => store.read('quang-ninh', 'trust')).toThrow(expect.objectContaining({ code: 'ENOENT' }))
    expect(() => store.write('quang-ninh', 'trust', seen(1))).toThrow(
      expect.objectContaining({ code: 'ENOENT' }),
    )
  })
})

describe('a file store whose newest file is corrupt', () => {
  const corrupt = expect.objectContaining({ code: 'store_corrupt' })

  const expectCorrupt = (what: string): void => {
    const store = fileStore(path)
    expect(() => store.read('quang-ninh', 'trust'), what).toThrow(corrupt)
    expect(() => store.write('quang-ninh', 'trust', seen(900)), what).toThrow(corrupt)
    expect(outcome(listOf({}, 'root'), { store }), what).toBe('store_corrupt')
  }

  beforeEach(() => {
    fileStore(path).write('quang-ninh', 'trust', seen(4))
    fileStore(path).write('quang-ninh', 'trust', seen(5))
  })

  it('says so for any bit that changes', () => {
    const sound = readFileSync(newestFile())
    for (let bit = 0; bit < 8 * sound.length; bit += 5) {
      const changed = Buffer.from(sound)
      changed[bit >> 3]! ^= 1 << (bit & 7)
      writeFileSync(newestFile(), changed)
      expect(() => fileStore(path).read('quang-ninh', 'trust'), `bit ${bit}`).toThrow(corrupt)
    }
    expectCorrupt('last bit')
  })

  it('says so for any length but its own', () => {
    const { length } = readFileSync(newestFile())
    for (let cut = length - 1; cut >= 0; cut -= 13) {
      truncateSync(newestFile(), cut)
      expectCorrupt(`${cut} bytes`)
    }
    truncateSync(newestFile(), 0)
    expectCorrupt('empty')
    writeFileSync(newestFile(), Buffer.alloc(length))
    expectCorrupt('zeros')
  })

  it('says so for a file of another kind', () => {
    writeFileSync(newestFile(), '{"sequence":900}\n')
    expectCorrupt('JSON')
  })

  it('does not fall back to an older generation', () => {
    const older = `${path}.1`
    expect(readFileSync(older, 'utf8')).toContain('"sequence": 4')
    truncateSync(newestFile(), 10)
    expectCorrupt('older one is sound')
  })
})

describe('a file store that was lost', () => {
  it('reads as empty, which only its caller can know to be wrong', () => {
    fileStore(path).write('quang-ninh', 'trust', seen(5))
    rmSync(newestFile())
    expect(fileStore(path).read('quang-ninh', 'trust')).toBeUndefined()
    const store = fileStore(path, { mustExist: true })
    const corrupt = expect.objectContaining({ code: 'store_corrupt' })
    expect(() => store.read('quang-ninh', 'trust')).toThrow(corrupt)
    expect(() => store.write('quang-ninh', 'trust', seen(6))).toThrow(corrupt)
  })

  it('is read as ever with mustExist while it is there', () => {
    fileStore(path).write('quang-ninh', 'trust', seen(5))
    expect(fileStore(path, { mustExist: true }).read('quang-ninh', 'trust')).toEqual(seen(5))
  })
})

describe('a process that writes to a file store', () => {
  let build: string
  let writer: string

  beforeAll(() => {
    build = mkdtempSync(join(tmpdir(), 'veristamp-writer-'))
    writer = join(build, 'writer.mjs')
    buildSync({
      entryPoints: [new URL('../../support/trust-store-writer.ts', import.meta.url).pathname],
      outfile: writer,
      bundle: true,
      platform: 'node',
      format: 'esm',
    })
  })
  afterAll(() => rmSync(build, { recursive: true }))

  interface Run {
    /** What it printed: sequences that it called durable. */
    readonly durable: number[]
    readonly signal: NodeJS.Signals | null
  }

  /** Runs a writer, and kills it some time after its first write where `killAfter` says milliseconds. */
  function run(first: number, step: number, count: number, killAfter?: number): Promise<Run> {
    const child = spawn(process.execPath, [writer, path, String(first), String(step), String(count)])
    let printed = ''
    let errors = ''
    child.stderr.on('data', (data) => (errors += data))
    child.stdout.on('data', (data) => {
      if (printed === '' && killAfter !== undefined) setTimeout(() => child.kill('SIGKILL'), killAfter)
      printed += data
    })
    return new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (code, signal) => {
        if (errors !== '') reject(new Error(`exit ${code}: ${errors}`))
        // A line that the kill cut short was not printed whole.
        resolve({ durable: printed.split('\n').slice(0, -1).map(Number), signal })
      })
    })
  }

  it('may be killed at any moment: the store reads, and is not behind what was durable', async () => {
    let last = 0
    for (let kill = 0; kill < 30; kill++) {
      const { durable, signal } = await run(last + 1, 1, 1e9, (kill * 7) % 23)
      expect(signal).toBe('SIGKILL')
      const reported = durable[durable.length - 1]!
      expect(durable).toEqual(Array.from(durable, (_, index) => last + 1 + index))
      const kept = fileStore(path, { mustExist: true }).read('quang-ninh', 'trust')!
      expect(kept).toEqual(seen(kept.sequence))
      expect([reported, reported + 1]).toContain(kept.sequence)
      last = kept.sequence
    }
  })

  it('may have company: nobody goes back, and the newest of all stays', async () => {
    const writing = Promise.all([0, 1, 2, 3].map((first) => run(first, 4, 60)))
    let done = false
    void writing.finally(() => (done = true))
    let low = -1
    while (!done) {
      const sequence = fileStore(path).read('quang-ninh', 'trust')?.sequence ?? -1
      expect(sequence).toBeGreaterThanOrEqual(low)
      low = sequence
      await new Promise((resolve) => setTimeout(resolve, 1))
    }
    for (const { durable } of await writing) expect(durable).toHaveLength(60)
    expect(fileStore(path).read('quang-ninh', 'trust')).toEqual(seen(239))
  })

  it('that was slow may leave a low generation behind, which nobody takes for the newest', () => {
    const store = fileStore(path)
    for (let sequence = 1; sequence <= 10; sequence++) store.write('quang-ninh', 'trust', seen(sequence))
    const spare = join(folder, 'spare')
    copyFileSync(`${path}.3`, spare)
    store.write('quang-ninh', 'trust', seen(11))
    copyFileSync(spare, `${path}.2`)
    expect(store.read('quang-ninh', 'trust')).toEqual(seen(11))
  })
})

describe('a file that says something else than a store does', () => {
  const entry = { authority: AUTHORITY, kind: 'trust', epoch: 1, sequence: 2, digest: 'ab'.repeat(32) }

  it.each([
    ['nothing', null],
    ['no array', {}],
    ['an entry that is none', [null]],
    ['no digest', [{ ...entry, digest: undefined }]],
    ['a digest that is short', [{ ...entry, digest: 'ab' }]],
    ['a sequence that is none', [{ ...entry, sequence: '2' }]],
    ['roots without keys', [{ ...entry, roots: { threshold: 1 } }]],
  ])('is damaged: %s', (_, value) => {
    writeFileSync(`${path}.1`, encodeChecked('veristamp-store-1', value))
    expect(() => fileStore(path).read(AUTHORITY, 'trust')).toThrow(
      expect.objectContaining({ code: 'store_corrupt' }),
    )
  })

  it('is not damaged where the file system is at fault', () => {
    mkdirSync(`${path}.1`)
    const load = () => outcome(listOf({}, 'root'), { store: fileStore(path) })
    expect(load).toThrow(expect.objectContaining({ code: 'EISDIR' }))
  })
})
