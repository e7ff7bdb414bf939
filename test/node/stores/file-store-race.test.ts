import { mkdtempSync, readdirSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { beforeEach, describe, expect, it, vi } from 'vitest'
import type { Seen } from '../../../src/document/store.ts'
import { fileStore } from '../../../src/node/stores/file-store.ts'

/** What happens once, when a store flushes its file and has not yet given it its name. */
const meanwhile = vi.hoisted(() => ({ act: (): void => undefined }))

vi.mock('node:fs', async (original) => {
  const fs = await original<typeof import('node:fs')>()
  return {
    ...fs,
    fsyncSync(descriptor: number) {
      const { act } = meanwhile
      meanwhile.act = () => undefined
      act()
      fs.fsyncSync(descriptor)
    },
  }
})

let folder: string
let path: string

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'veristamp-race-'))
  path = join(folder, 'seen')
  return () => rmSync(folder, { recursive: true })
})

const seen = (sequence: number): Seen => ({ epoch: 1, sequence, digest: new Uint8Array(32).fill(sequence) })

describe('a write that another process comes before', () => {
  it('of an older entry leaves the newer one', () => {
    meanwhile.act = () => fileStore(path).write('province', 'trust', seen(6))
    fileStore(path).write('province', 'trust', seen(5))
    expect(fileStore(path).read('province', 'trust')).toEqual(seen(6))
  })

  it('of a newer entry is kept', () => {
    meanwhile.act = () => fileStore(path).write('province', 'trust', seen(5))
    fileStore(path).write('province', 'trust', seen(6))
    expect(fileStore(path).read('province', 'trust')).toEqual(seen(6))
  })

  it('of something else loses nothing of either', () => {
    meanwhile.act = () => fileStore(path).write('ministry', 'trust', seen(9))
    fileStore(path).write('province', 'trust', seen(5))
    expect(fileStore(path).read('ministry', 'trust')).toEqual(seen(9))
    expect(fileStore(path).read('province', 'trust')).toEqual(seen(5))
  })

  it('many times over, so that its generation was taken and is gone, is kept all the same', () => {
    fileStore(path).write('province', 'trust', seen(1))
    meanwhile.act = () => {
      for (let sequence = 1; sequence <= 20; sequence++)
        fileStore(path).write('ministry', 'trust', seen(sequence))
    }
    fileStore(path).write('province', 'trust', seen(5))
    expect(fileStore(path).read('ministry', 'trust')).toEqual(seen(20))
    expect(fileStore(path).read('province', 'trust')).toEqual(seen(5))
  })
})

describe('a write that the disk refuses', () => {
  it('throws, leaves the store as it was, and no temporary file', () => {
    fileStore(path).write('province', 'trust', seen(5))
    meanwhile.act = () => {
      throw Object.assign(new Error('no space left on device'), { code: 'ENOSPC' })
    }
    const write = () => fileStore(path).write('province', 'trust', seen(6))
    expect(write).toThrow(expect.objectContaining({ code: 'ENOSPC' }))
    expect(readdirSync(folder)).toEqual(['seen.1'])
    expect(fileStore(path).read('province', 'trust')).toEqual(seen(5))
    write()
    expect(fileStore(path).read('province', 'trust')).toEqual(seen(6))
  })
})
