import { readdirSync } from 'node:fs'
import { join } from 'node:path'
import type { Context } from '../shell/context.ts'
import { newestList } from './files.ts'
import { stateOf } from './real-path.ts'

/** Drafts of trust lists that still wait for signatures, by their paths in the project. */
export function waitingDrafts(context: Context): string[] {
  const folder = join(context.folder, 'lists')
  if (stateOf(folder) === undefined) return []
  const numberOf = (name: string) => Number(/^trust-(\d{1,16})\./.exec(name)?.[1])
  const newest = newestList(context, 'trust')
  const last = newest === undefined ? 0 : numberOf(newest.split(/[\\/]/).at(-1)!)
  return readdirSync(folder)
    .filter((name) => /^trust-\d{1,16}\.draft\.cbor$/.test(name) && numberOf(name) > last)
    .map((name) => `lists/${name}`)
}
