import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { CaptureStore } from '../../gs1/capture-store.ts'
import { isOurs } from '../../lib/errors.ts'
import { readBoundedFile } from '../../node/files/bounded-file.ts'
import { makeFolderDurably } from '../../node/files/durable.ts'
import { checkNoLink } from '../../node/files/own-path.ts'
import { fileCaptureStore } from '../../node/stores/file-capture-store.ts'
import { type Lock, lockFolder } from '../../run/ledger/lock.ts'
import { ownState, replaceOwn, shown } from '../project/files.ts'
import { stateOf } from '../project/real-path.ts'
import { confirm } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'
import type { EventSettings } from './events-at-hand.ts'

/** What a project remembers of each server, in `state/epcis`. */

/** A line for each product. */
const MAX_SETTINGS = 2 ** 24

/**
 * Works with the memory of one server, alone.
 * @param base the server's address; its hash names the files
 * @throws Failure `sync_busy`, `unconfirmed` or `declined`; VeristampError `is_link` or `store_corrupt`
 */
export async function withMemory<T>(
  context: Context,
  base: string,
  settings: EventSettings,
  work: (store: CaptureStore) => Promise<T>,
): Promise<T> {
  const folder = join(ownState(context), 'epcis')
  checkNoLink(context.folder, folder)
  makeFolderDurably(folder)
  const lock = lockOf(context, folder)
  try {
    const name = createHash('sha256').update(base).digest('hex').slice(0, 16)
    const log = join(folder, `${name}.log`)
    checkNoLink(context.folder, log)
    const isNew = stateOf(log) === undefined
    await keepSettings(context, join(folder, `${name}.json`), { base, settings, isNew })
    return await work(fileCaptureStore(log))
  } finally {
    lock.release()
  }
}

function lockOf(context: Context, folder: string): Lock {
  const { epcis } = context.words
  try {
    return lockFolder(folder)
  } catch (error) {
    if (!isOurs(error, 'run_busy')) throw error
    const { details } = error
    const [pid, host] = 'pid' in details ? [String(details.pid), details.host] : ['?', '?']
    const file = shown(context, 'file' in details ? details.file : details.folder)
    throw new Failure('sync_busy', epcis.busy(pid, host), epcis.busyHow(file))
  }
}

interface Kept {
  readonly base: string
  readonly settings: EventSettings
  /** True where the server was given nothing yet. */
  readonly isNew: boolean
}

/** With other settings events have other ids, so the server would get all of them again: people are asked first. */
async function keepSettings(context: Context, file: string, { base, settings, isNew }: Kept): Promise<void> {
  const before = settingsIn(file)
  const changed = Object.keys(settings).filter((name) => (before[name] ?? settings[name]) !== settings[name])
  const told = (all: EventSettings): string => changed.map((name) => `${name} ${all[name]}`).join(', ')
  if (changed.length > 0 && !isNew)
    await confirm(context, context.words.epcis.otherSettings(told(before), told(settings)))
  // Products that have no run for now were told all the same.
  const kept = { ...before, ...settings }
  if (Object.keys(kept).some((name) => kept[name] !== before[name]))
    replaceOwn(context, file, Buffer.from(`${JSON.stringify({ url: base, settings: kept })}\n`))
}

function settingsIn(file: string): EventSettings {
  if (stateOf(file) === undefined) return {}
  try {
    const { settings } = JSON.parse(new TextDecoder().decode(readBoundedFile(file, MAX_SETTINGS)))
    const entries = Object.entries(Object(settings)).filter(([, value]) => typeof value === 'string')
    return Object.fromEntries(entries) as EventSettings
  } catch (error) {
    if (error instanceof SyntaxError) return {}
    throw error
  }
}
