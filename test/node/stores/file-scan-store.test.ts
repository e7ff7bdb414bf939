import { spawn } from 'node:child_process'
import { appendFileSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildSync } from 'esbuild'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { type FileScanStoreOptions, fileScanStore } from '../../../src/node/stores/file-scan-store.ts'
import { codeOf, HOUR, look, openLog, scan } from '../../scanlog/logs.ts'
import { describeScanStore } from '../../scanlog/scan-stores.ts'

let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'veristamp-scans-'))
  path = join(folder, 'scans')
  return () => rmSync(folder, { recursive: true })
})

const open = (options?: FileScanStoreOptions) => fileScanStore(path, options)
const chunk = (value: number) => new Uint8Array(20).fill(value)

describeScanStore('a file', () => open())
describeScanStore('a file without fsync', () => open({ fsync: false }))

describe('the file of a scan log', () => {
  it('that can not be written anew stays as it was, and nothing beside it', () => {
    const store = open()
    store.append(chunk(1))
    const chunks = function* () {
      yield chunk(2)
      throw new Error('disk full')
    }
    expect(() => store.replace(chunks())).toThrow('disk full')
    expect(readdirSync(folder)).toEqual(['scans'])
    store.append(chunk(3))
    expect(open().read()).toEqual([chunk(1), chunk(3)])
  })

  it('that was cut at any byte gives every whole line, and says what it cut off', () => {
    const ends = [...Array(4).keys()].map((value) => {
      const store = open()
      store.append(chunk(value))
      store.close()
      return readFileSync(path).length
    })
    const whole = readFileSync(path)
    const header = whole.indexOf('\n') + 1
    for (let length = 0; length <= whole.length; length++) {
      writeFileSync(path, whole.subarray(0, length))
      const store = open()
      const complete = ends.filter((end) => end <= length)
      expect(store.read(), `cut at ${length}`).toEqual(complete.map((_, value) => chunk(value)))
      expect(store.cutOff).toBe(length - (length < header ? 0 : (complete.at(-1) ?? header)))
      store.append(chunk(9))
      store.close()
      const again = open()
      expect([...(again.read() as Uint8Array[])].at(-1)).toEqual(chunk(9))
      expect(again.cutOff).toBe(0)
      again.close()
    }
  })

  it('may end in junk, which is cut off', () => {
    open().append(chunk(1))
    appendFileSync(path, Buffer.alloc(4096))
    const store = open()
    expect([store.read(), store.cutOff]).toEqual([[chunk(1)], 4096])
  })

  it('is corrupt if a line before the last is not what was written, wherever that is', () => {
    for (const value of [1, 2, 3]) open().append(chunk(value))
    const whole = readFileSync(path)
    const last = whole.lastIndexOf('\n', whole.length - 2)
    for (let at = 0; at < last; at++) {
      const changed = Buffer.from(whole)
      changed[at]! ^= 1
      writeFileSync(path, changed)
      const store = open()
      expect(() => store.read(), `byte ${at}`).toThrow(expect.objectContaining({ code: 'store_corrupt' }))
      expect(readFileSync(path)).toEqual(changed)
      store.close()
    }
  })

  it('is nothing of ours: nothing is cut off', () => {
    writeFileSync(path, 'name,address\n')
    expect(() => open().read()).toThrow(expect.objectContaining({ code: 'store_corrupt' }))
    expect(readFileSync(path, 'utf8')).toBe('name,address\n')
  })

  it('leaves no other file behind when it is written anew', () => {
    const store = open()
    for (const value of [1, 2, 3]) store.append(chunk(value))
    store.replace([chunk(4)])
    store.append(chunk(5))
    expect(open().read()).toEqual([chunk(4), chunk(5)])
    expect(readdirSync(folder)).toEqual(['scans'])
  })
})

describe('a process that scans', () => {
  let build: string
  let writer: string

  beforeAll(() => {
    build = mkdtempSync(join(tmpdir(), 'veristamp-scanner-'))
    writer = join(build, 'writer.mjs')
    buildSync({
      entryPoints: [new URL('../../support/scan-log-writer.ts', import.meta.url).pathname],
      outfile: writer,
      bundle: true,
      platform: 'node',
      format: 'esm',
    })
  })
  afterAll(() => rmSync(build, { recursive: true }))

  /** Runs a scanner, kills it some time after its first scan, and says which it called durable. */
  function runAndKill(first: number, killAfter: number): Promise<number[]> {
    const child = spawn(process.execPath, [writer, path, String(first)])
    let printed = ''
    let errors = ''
    child.stderr.on('data', (data) => (errors += data))
    child.stdout.on('data', (data) => {
      if (printed === '') setTimeout(() => child.kill('SIGKILL'), killAfter)
      printed += data
    })
    return new Promise((resolve, reject) => {
      child.on('error', reject)
      child.on('close', (_, signal) => {
        if (signal !== 'SIGKILL') reject(new Error(errors))
        resolve(printed.split('\n').slice(0, -1).map(Number))
      })
    })
  }

  it('may be killed at any moment: every scan that was durable is remembered', async () => {
    let next = 0
    for (let kill = 0; kill < 12; kill++) {
      const durable = await runAndKill(next, (kill * 7) % 23)
      const last = durable.at(-1)!
      expect(durable).toEqual(Array.from(durable, (_, index) => next + index))
      const store = open()
      const log = await openLog({ store })
      // The scan after the last durable one may be there too.
      expect([last + 1, last + 2]).toContain(log.size)
      for (let serial = 0; serial <= last; serial++) {
        expect(look(log, codeOf(serial), serial + HOUR).here?.count, `serial ${serial}`).toBe(1)
      }
      next = log.size
      store.close()
    }
    expect(next).toBeGreaterThan(12)
  })

  it('goes on where the last one stopped, after a line that was torn', async () => {
    const durable = await runAndKill(0, 20)
    appendFileSync(path, readFileSync(path).subarray(20, 60))
    const store = open()
    const log = await openLog({ store })
    expect(store.cutOff).toBe(40)
    scan(log, codeOf(5000), 5000)
    await log.flush()
    const reopened = open()
    const again = await openLog({ store: reopened })
    expect(reopened.cutOff).toBe(0)
    expect(again.size).toBe(log.size)
    expect(again.size).toBeGreaterThan(durable.length)
  })
})
