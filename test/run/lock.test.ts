import { spawn } from 'node:child_process'
import {
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  utimesSync,
  writeFileSync,
} from 'node:fs'
import { hostname, tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { lockFolder, type Owner, thisProcess } from '../../src/run/ledger/lock.ts'

const busy = expect.objectContaining({ code: 'run_busy' })
const LONG_AGO = new Date('2026-03-01T08:00:00Z')

let folder: string
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'veristamp-lock-'))
})
afterEach(() => rmSync(folder, { recursive: true }))

/** A lock that someone else has left, in the place of all others. */
function leave(owner: Partial<Owner> | string): void {
  for (const name of readdirSync(folder)) rmSync(join(folder, name))
  const file = join(folder, 'lock.5')
  writeFileSync(file, typeof owner === 'string' ? owner : JSON.stringify({ ...thisProcess(), ...owner }))
  utimesSync(file, LONG_AGO, LONG_AGO)
}

/** The message that one gets who tries. */
function refusal(self?: Owner): string {
  try {
    lockFolder(folder, self)
  } catch (error) {
    expect(error).toEqual(busy)
    return (error as Error).message
  }
  return ''
}

describe('a lock', () => {
  it('belongs to one until it is given back', () => {
    const lock = lockFolder(folder)
    expect(() => lockFolder(folder)).toThrow(busy)
    const holder = { folder, file: join(folder, 'lock.1'), pid: process.pid, host: hostname() }
    expect(() => lockFolder(folder)).toThrow(
      expect.objectContaining({ details: { fault: 'working', ...holder } }),
    )
    lock.renew()
    lock.release()
    lockFolder(folder).release()
    expect(readdirSync(folder)).toEqual(['lock.2'])
  })

  it('is taken over from a process of this machine that was killed, or whose number another one has', async () => {
    const child = spawn(process.execPath, ['-e', 'setInterval(() => {}, 1e6)'])
    const stat = readFileSync(`/proc/${child.pid}/stat`, 'utf8')
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const began = `${boot} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`
    leave({ pid: child.pid!, began })
    expect(refusal()).toMatch(/process \d+ on .* is at work on this run \(.*lock\.5\)$/)
    leave({ pid: child.pid!, began: `${boot} 1` })
    lockFolder(folder).release()
    leave({ pid: child.pid!, began })
    child.kill('SIGKILL')
    await new Promise((resolve) => child.on('close', resolve))
    const lock = lockFolder(folder)
    expect(() => lockFolder(folder)).toThrow(busy)
    lock.release()
  })

  it('is anybody’s where it was cut off by a power cut', () => {
    for (const content of ['', '{"pid":', '\0'.repeat(40)]) {
      leave(content)
      lockFolder(folder).release()
      expect(readdirSync(folder)).toEqual(['lock.6'])
    }
  })

  it('of a system that doesn’t say when a process began names the file, and how to be sure', () => {
    // As on macOS and Windows, where another program may have the number by now.
    const self = { ...thisProcess(), began: '', space: '' }
    leave({ began: '', space: '', pid: process.ppid })
    const said = refusal(self)
    expect(said).toMatch(/or another program has its number by now. See what it is: (ps -p|tasklist)/)
    expect(said).toContain(`remove ${join(folder, 'lock.5')} and try again`)
  })

  it('of a machine that began anew is anybody’s', () => {
    const self = { ...thisProcess(), space: 'pid:[4026531836]' }
    leave({ space: self.space, began: '00000000-0000-4000-8000-000000000000 77' })
    lockFolder(folder, self).release()
  })

  it.each<[string, Partial<Owner>]>([
    ['another machine', { host: 'press-2' }],
    ['another machine of this name', { machine: '0'.repeat(32) }],
    ['another container of this name', { space: 'pid:[4026532999]' }],
    ['nobody knows what', { host: undefined as never }],
  ])('of %s is never taken over, and the message says what to do', (_, owner) => {
    leave({ ...owner, pid: 1 })
    const said = refusal()
    expect(said).toContain(`process 1 on ${owner.host ?? ('host' in owner ? '?' : thisProcess().host)} `)
    expect(said).toContain('last seen 2026-03-01T08:00:00.000Z')
    expect(said).toContain(`remove ${join(folder, 'lock.5')} and try again`)
    rmSync(join(folder, 'lock.5'))
    lockFolder(folder).release()
  })

  it('of a container is not taken over where the machine is another by now', () => {
    const self = { ...thisProcess(), space: 'pid:[4026532001]' }
    leave({ space: self.space, began: '00000000-0000-4000-8000-000000000000 77' })
    expect(refusal(self)).toContain('another machine or container')
  })

  it('says when its owner was last at work', () => {
    const lock = lockFolder(folder)
    const file = join(folder, 'lock.1')
    utimesSync(file, LONG_AGO, LONG_AGO)
    lock.renew()
    expect(statSync(file).mtime.getTime()).toBeGreaterThan(LONG_AGO.getTime())
  })

  it('that was removed by mistake is lost: its owner is told, and gives back nobody else’s', () => {
    const lost = lockFolder(folder)
    rmSync(join(folder, 'lock.1'))
    expect(() => lost.renew()).toThrow(busy)
    const next = lockFolder(folder) // which has the same number
    expect(() => lost.renew()).toThrow(busy)
    lost.release()
    next.renew()
    expect(() => lockFolder(folder)).toThrow(busy)
  })

  it('that can’t be read is somebody’s', () => {
    mkdirSync(join(folder, 'lock.5'))
    expect(() => lockFolder(folder)).toThrow(busy)
  })
})
