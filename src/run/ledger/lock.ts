import { randomUUID } from 'node:crypto'
import { readdirSync, readFileSync, readlinkSync, statSync, truncateSync, utimesSync } from 'node:fs'
import { hostname } from 'node:os'
import { dirname, join } from 'node:path'
import { VeristampError } from '../../lib/errors.ts'
import { readBoundedFile } from '../../node/files/bounded-file.ts'
import { cleanUp, removeFile } from '../../node/files/disk.ts'
import { createWhole } from '../../node/files/durable.ts'

/**
 * One process at a time in a folder: files `lock.<number>` of which the highest counts. It says who has the folder;
 * empty, that nobody has. A number is taken once only, and the highest is never removed, so of several that find a
 * dead owner one comes after it.
 *
 * A lock is taken over only from a process of this machine that is dead. Of one on another machine or in another
 * container nothing here can tell: it may be asleep, cut off from a shared folder, or have another clock, so no time
 * that passes proves anything. There people decide, and remove the lock by hand. Where they are wrong, its owner
 * finds out before it writes again: it looks whether the lock is still its own.
 */

/** A process by its number and, where the system tells, by when it began, for numbers are given again. */
export interface Owner {
  readonly host: string
  /** Tells machines of one name apart (Linux, machine-id(5)). Empty where the system does not tell. */
  readonly machine: string
  /** Where process numbers mean the same: a container has its own (Linux, namespaces(7)). */
  readonly space: string
  readonly pid: number
  readonly began: string
  /** Of this lock and no other. */
  readonly token: string
}

/** A folder that this process has. */
export interface Lock {
  /** Says that the owner still works. @throws VeristampError `run_busy` where the lock was taken away */
  renew(): void
  /** Gives the folder back. */
  release(): void
}

/** @throws VeristampError `run_busy` where a process has it that may live; what the file system throws */
export function lockFolder(folder: string, self: Owner = thisProcess()): Lock {
  for (;;) {
    const [highest = 0] = numbersIn(folder)
    const owner = highest === 0 ? undefined : readOwner(lockFile(folder, highest))
    if (owner === 'gone') continue
    if (owner !== undefined) checkDead(owner, self, lockFile(folder, highest))
    const mine = highest + 1
    if (!take(folder, mine, self)) continue
    // Someone may have come and gone since the folder was read.
    if (numbersIn(folder)[0] !== mine) {
      removeFile(lockFile(folder, mine))
      continue
    }
    removeBelow(folder, mine)
    return lockOf(lockFile(folder, mine), self, folder)
  }
}

function lockOf(file: string, { token }: Owner, folder: string): Lock {
  const isMine = (): boolean => {
    const owner = readOwner(file)
    return typeof owner === 'object' && owner.token === token
  }
  return {
    renew() {
      if (!isMine())
        throw new VeristampError('run_busy', `${folder}: another process has taken over this run`, {
          fault: 'lost',
          folder,
        })
      const now = new Date()
      utimesSync(file, now, now)
    },
    release() {
      // Emptied in its place: that takes no room on a full disk. Where it fails, the work is done all the same, and
      // the lock is anybody's once this process has ended.
      try {
        if (isMine()) truncateSync(file)
      } catch {}
    },
  }
}

const lockFile = (folder: string, number: number): string => join(folder, `lock.${number}`)

/** The highest first. */
const numbersIn = (folder: string): number[] =>
  readdirSync(folder)
    .filter((name) => /^lock\.[1-9]\d{0,8}$/.test(name))
    .map((name) => Number(name.slice(5)))
    .sort((a, b) => b - a)

function take(folder: string, number: number, owner: Owner): boolean {
  try {
    createWhole(lockFile(folder, number), new TextEncoder().encode(JSON.stringify(owner)))
    return true
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
    throw error
  }
}

function removeBelow(folder: string, number: number): void {
  for (const old of numbersIn(folder)) if (old < number) cleanUp(lockFile(folder, old))
}

/**
 * Undefined for nobody: an empty file, or one that a power cut has torn. Fields that are missing are those of a
 * process that nobody knows.
 * @throws VeristampError `run_busy` for anything but a file, and what the file system throws, for a lock that can't be
 * read may be somebody's
 */
function readOwner(file: string): Owner | 'gone' | undefined {
  let bytes: Uint8Array | undefined
  try {
    bytes = readBoundedFile(file, MAX_LOCK)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return 'gone'
    throw error
  }
  if (bytes === undefined)
    throw new VeristampError('run_busy', `${file}: no lock of this program. Move it away and try again`, {
      fault: 'no_lock',
      folder: dirname(file),
      file,
    })
  const text = new TextDecoder().decode(bytes)
  try {
    const { host = '?', machine, space, pid, began, token } = JSON.parse(text) ?? {}
    const said = (field: unknown) => String(field ?? '')
    return {
      host: said(host),
      machine: said(machine),
      space: said(space),
      pid: Number(pid),
      began: said(began),
      token: said(token),
    }
  } catch {
    return undefined
  }
}

const MAX_LOCK = 4096

/** @throws VeristampError `run_busy` for an owner that lives, and for one of which nothing here can tell */
function checkDead(owner: Owner, self: Owner, file: string): void {
  const { host, machine, space, pid, began } = owner
  const folder = dirname(file)
  const busy = `${folder}: process ${pid} on ${host} is at work on this run`
  if (host === self.host && machine === self.machine && space === self.space) {
    const isSameBoot = bootOf(began) === bootOf(self.began)
    if (isSameBoot && isAlive(pid, began)) {
      const fault = began === '' ? 'maybe_working' : 'working'
      throw new VeristampError('run_busy', busy + doubtOf(owner, file), { fault, folder, file, pid, host })
    }
    // With a machine that began anew all of its processes ended; a container may be on another machine by now.
    if (isSameBoot || WHOLE_MACHINE.includes(space)) return
  }
  const seen = statSync(file, { throwIfNoEntry: false })?.mtime.toISOString()
  throw new VeristampError(
    'run_busy',
    `${busy}, or was: last seen ${seen ?? 'a moment ago'}, by its clock. It belongs to another machine or container, so nothing ` +
      `here can tell whether it still runs. Make sure that it has ended, remove ${file} and try again`,
    { fault: 'elsewhere', folder, file, pid, host, ...(seen && { seen }) },
  )
}

/** Where the system doesn't say when a process began, another program may have its number by now. */
function doubtOf({ pid, began }: Owner, file: string): string {
  if (began !== '') return ` (${file})`
  const how = process.platform === 'win32' ? `tasklist /fi "pid eq ${pid}"` : `ps -p ${pid}`
  return (
    `, or another program has its number by now. See what it is: ${how}. If it is not this program, remove ` +
    `${file} and try again`
  )
}

function isAlive(pid: number, began: string): boolean {
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  const now = beganOf(pid)
  // Some systems hide the processes of other users: no answer is no proof.
  return now === '' || began === '' || now === began
}

export const thisProcess = (): Owner => ({
  host: hostname(),
  machine: unlessMissing(() => readFileSync('/etc/machine-id', 'utf8').trim()),
  space: unlessMissing(() => readlinkSync('/proc/self/ns/pid')),
  pid: process.pid,
  began: beganOf(process.pid),
  token: randomUUID(),
})

/** The process space of a system that has but one, and of a Linux outside of containers (PROC_PID_INIT_INO). */
const WHOLE_MACHINE = ['', 'pid:[4026531836]']

/** The boot and the tick at which a process began (Linux, proc(5)); the same text for all elsewhere. */
const beganOf = (pid: number): string =>
  unlessMissing(() => {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return `${boot} ${fields.slice(fields.lastIndexOf(')') + 2).split(' ')[19]}`
  })

const bootOf = (began: string): string => began.split(' ')[0]!

/** What a system says that says it; empty elsewhere. */
function unlessMissing(read: () => string): string {
  try {
    return read()
  } catch {
    return ''
  }
}
