import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { createKeeper, type Keeper } from '../../src/keeper/keeper.ts'
import type { KeeperAlarm } from '../../src/keeper/state.ts'
import { memoryKeeperStore } from '../../src/keeper/store.ts'
import { nativeEngine } from '../../src/node/native-engine.ts'
import { decodePins } from '../../src/trust/pins.ts'
import type { Verdict } from '../../src/verify/verdict.ts'
import type { Desk, Said } from './desk.ts'

/** People in folders of their own, who type commands there and carry files to each other. */

export interface Place {
  readonly name: string
  /** Types a command in the folder: words parted by spaces. It must end well. */
  types(line: string): Promise<string>
  says(line: string): Promise<Said>
  path(...names: string[]): string
  files(folder: string): string[]
}

export function placeOf(desk: Desk, name: string): Place {
  const path = (...names: string[]) => desk.path(name, ...names)
  mkdirSync(path(), { recursive: true })
  const says = (line: string): Promise<Said> => {
    desk.cwd = path()
    return desk.say(...line.split(' '))
  }
  return {
    name,
    path,
    says,
    async types(line) {
      const { exit, out, err } = await says(line)
      if (exit !== 0) throw new Error(`${name}$ veristamp ${line}: exit ${exit}\n${out}${err}`)
      return out
    },
    files: (folder) => (existsSync(path(folder)) ? readdirSync(path(folder)) : []),
  }
}

/** Carries a file to another folder, on a stick. */
export function carry(from: Place, file: string, to: Place, folder = '.'): void {
  mkdirSync(to.path(folder), { recursive: true })
  cpSync(from.path(file), to.path(folder, basename(file)))
}

/** An edit of `veristamp.json`, as the docs tell people to make. */
export function edit(place: Place, change: object): void {
  const file = place.path('veristamp.json')
  const before = JSON.parse(readFileSync(file, 'utf8'))
  writeFileSync(file, JSON.stringify({ ...before, ...change }, null, 2))
}

/** The signed list of a kind with the highest number, as a path in the place. */
export function newest(place: Place, kind: 'trust' | 'revocation'): string {
  const numbers = place
    .files('lists')
    .map((name) => Number(new RegExp(`^${kind}-(\\d+)\\.cbor$`).exec(name)?.[1] ?? 0))
  return `lists/${kind}-${Math.max(...numbers)}.cbor`
}

/** The texts of a run, in the order of its serials. */
export const stampsOf = (place: Place, run: string): string[] =>
  readFileSync(place.path('runs', run, 'codes.csv'), 'latin1')
    .split('\r\n')
    .slice(1, -1)
    .map((line) => /^"\d+","(.*)"$/.exec(line)![1]!)

export interface Kiosk {
  /** Asks the web servers for lists. */
  refresh(now: Date): Promise<void>
  verify(text: string, now: Date): Verdict
  /** But for lists that end soon. */
  readonly alarms: readonly KeeperAlarm[]
}

/** A kiosk set up with the pins that authorities wrote, which asks their web servers. */
export function kioskOf(desk: Desk, pinFiles: readonly string[]): Kiosk {
  const pins = pinFiles.map((file) => {
    const decoded = decodePins(readFileSync(file, 'utf8'))
    if (!decoded.ok) throw new Error(`${file}: ${decoded.reason}`)
    return decoded.pins
  })
  const alarms: KeeperAlarm[] = []
  const keeper: Keeper = createKeeper({
    ...{ pins, engine: nativeEngine, store: memoryKeeperStore() },
    onAlarm: (alarm) => alarm.kind !== 'expiry_near' && alarms.push(alarm),
    async fetch(address) {
      const { host, pathname } = new URL(address)
      const file = join(desk.folder, 'web', host, pathname)
      if (!existsSync(file)) return new Response('none', { status: 404 })
      return new Response(Uint8Array.from(readFileSync(file)))
    },
  })
  return {
    alarms,
    async refresh(now) {
      const { authorities } = await keeper.refresh({ now })
      for (const { authority, lastFailure } of authorities)
        if (lastFailure?.at.getTime() === now.getTime())
          throw new Error(`${authority}: ${JSON.stringify(lastFailure)}`)
    },
    verify: (text, now) => keeper.verify(text, { now }),
  }
}
