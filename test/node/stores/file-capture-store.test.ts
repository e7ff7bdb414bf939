import { appendFileSync, mkdtempSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fileCaptureStore } from '../../../src/node.ts'

let folder: string
let file: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'veristamp-capture-'))
  file = join(folder, 'epcis.log')
})
afterEach(() => rmSync(folder, { recursive: true }))

describe('a capture store in a file', () => {
  it('knows the next time what it was told', () => {
    const store = fileCaptureStore(file)
    expect([store.has('urn:x:1'), store.openJobs()]).toEqual([false, []])
    store.note({ begun: { job: '/capture/1', events: ['urn:x:1', 'urn:x:2'] } })
    store.note({ begun: { job: '/capture/2', events: ['urn:x:3'] } })
    store.note({ ended: '/capture/1', taken: ['urn:x:1', 'urn:x:2'] })
    for (const each of [store, fileCaptureStore(file)]) {
      expect(['urn:x:1', 'urn:x:2', 'urn:x:3'].map((key) => each.has(key))).toEqual([true, true, false])
      expect(each.openJobs()).toEqual([{ job: '/capture/2', events: ['urn:x:3'] }])
    }
  })

  it('believes no line that is torn, changed or of another kind, at whatever byte', () => {
    const store = fileCaptureStore(file)
    for (const key of ['urn:x:1', 'urn:x:2']) store.note({ taken: [key] })
    const whole = readFileSync(file)
    const end = whole.indexOf('\n') + 1
    for (let at = end; at < whole.length - 1; at++) {
      writeFileSync(file, whole)
      truncateSync(file, at)
      const torn = fileCaptureStore(file)
      expect([torn.has('urn:x:1'), torn.has('urn:x:2')]).toEqual([true, false])
      torn.note({ taken: ['urn:x:3'] })
      expect(fileCaptureStore(file).has('urn:x:3')).toBe(true)
    }
    appendFileSync(file, '{"taken":["urn:x:9"]}\n0123456789abcdef {"taken":["urn:x:9"]}\n\0\0\n')
    expect(fileCaptureStore(file).has('urn:x:9')).toBe(false)
  })

  it('is refused where a folder has its name', () => {
    expect(() => fileCaptureStore(folder)).toThrow(expect.objectContaining({ code: 'store_corrupt' }))
  })

  it('takes no note that it does not understand', () => {
    const store = fileCaptureStore(file)
    expect(() => store.note({ taken: [7] } as never)).toThrow(/note.taken\[0\]/)
    expect(() => store.note({ took: [] } as never)).toThrow(/took/)
    expect(() => readFileSync(file)).toThrow('ENOENT')
  })
})
