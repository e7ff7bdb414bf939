import { readdirSync, readFileSync, rmSync, truncateSync } from 'node:fs'
import { hostname } from 'node:os'
import { join } from 'node:path'
import { VeristampError } from '../../lib/errors.ts'
import { createWhole } from '../durable.ts'

/**
 * One process at a time in a folder: files `lock.<number>` of which the highest counts. It says who has the folder;
 * empty, that nobody has. A number is taken once only, and the highest is never removed, so of several that find a
 * dead owner one comes after it.
 */

/** A process by its number and, where the system tells, by when it began, for numbers are given again. */
interface Owner {
  readonly host: string
  readonly pid: number
  readonly began: string
}

/** Gives the folder back. */
export type Release = () => void

/** @throws VeristampError `run_busy` where a process that lives has it; what the file system throws */
export function lockFolder(folder: string): Release {
  for (;;) {
    const [highest = 0] = numbersIn(folder)
    const owner = highest === 0 ? undefined : readOwner(lockFile(folder, highest))
    if (owner !== undefined && isAlive(owner)) throw busy(folder, owner)
    const mine = highest + 1
    if (!take(folder, mine, { host: hostname(), pid: process.pid, began: beganOf(process.pid) })) continue
    // Someone may have come and gone since the folder was read.
    if (numbersIn(folder)[0] !== mine) {
      rmSync(lockFile(folder, mine), { force: true })
      continue
    }
    removeBelow(folder, mine)
    // Emptied in its place: that takes no room on a full disk.
    return () => truncateSync(lockFile(folder, mine))
  }
}

const busy = (folder: string, { pid, host }: Owner): VeristampError =>
  new VeristampError('run_busy', `${folder}: process ${pid} on ${host} is at work on this run`)

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
  for (const old of numbersIn(folder)) if (old < number) rmSync(lockFile(folder, old), { force: true })
}

/** Undefined for nobody: an empty file, or one that can't be read, for its writer ended in a power cut. */
function readOwner(file: string): Owner | undefined {
  try {
    const { host, pid, began } = JSON.parse(readFileSync(file, 'utf8')) as Owner
    return typeof host === 'string' && Number.isInteger(pid) && typeof began === 'string'
      ? { host, pid, began }
      : undefined
  } catch {
    return undefined
  }
}

/** Processes of other machines are taken to live: nothing here can tell. */
function isAlive({ host, pid, began }: Owner): boolean {
  if (host !== hostname()) return true
  try {
    process.kill(pid, 0)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ESRCH') return false
  }
  return beganOf(pid) === began
}

/** The boot and the tick at which a process began (Linux, proc(5)); the same text for all elsewhere. */
function beganOf(pid: number): string {
  try {
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8')
    return `${boot} ${fields.slice(fields.lastIndexOf(')') + 2).split(' ')[19]}`
  } catch {
    return ''
  }
}
