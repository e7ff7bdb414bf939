import { posix } from 'node:path'
import { type House, type Inspected, inspect, type Use } from './inspect.ts'
import { CELLS, CLOCK_ROOMS, MAX_LINES, PACKAGE_DOORS, ROOMS, RUNTIME_ROOMS, WORKSHOPS } from './plan.ts'

/**
 * Where a house departs from its plan, a line each: `codec/cbor.ts:3 …`. A file that stands in no room is a
 * door: it lets the world in, and is nothing to the rooms.
 */
export function faultsOf(files: House): string[] {
  const house = new Map([...files].filter(([path]) => !WORKSHOPS.some((folder) => path.startsWith(folder))))
  const inspected = inspect(house)
  const faults = [...inspected].flatMap(([path, file]) => [
    ...(roomOf(path) === undefined ? doorFaults(path, file) : roomFaults(path, file)),
    ...file.imports.flatMap((use) => at(path, use, importFault(path, use.what, house))),
    ...(file.lines > MAX_LINES ? [`${path} has ${file.lines} lines, above ${MAX_LINES}`] : []),
  ])
  return [...faults, ...cyclesOf(inspected)]
}

/** The innermost room that a file stands in. */
export function roomOf(path: string): string | undefined {
  if (!path.includes('/')) return undefined
  const rooms = Object.keys(ROOMS).filter((room) => path.startsWith(`${room}/`))
  return rooms.sort((a, b) => b.length - a.length)[0] ?? path.split('/')[0]
}

const at = (path: string, { line }: Use, fault: string | undefined): string[] =>
  fault === undefined ? [] : [`${path}:${line} ${fault}`]

const doorFaults = (path: string, { isDoor }: Inspected): string[] =>
  isDoor ? [] : [`${path} is a door, and holds more than re-exports`]

function roomFaults(path: string, { globals, clocks }: Inspected): string[] {
  const room = roomOf(path)!
  if (ROOMS[room] === undefined) return [`${path} stands in a room that the plan does not have`]
  if (RUNTIME_ROOMS.includes(room)) return []
  const hidden = clocks.filter(({ what }) => !CLOCK_ROOMS.includes(room) || what !== 'new Date() as now')
  return [
    ...globals.flatMap((use) => at(path, use, `uses ${use.what}`)),
    ...hidden.flatMap((use) => at(path, use, `reads the clock: ${use.what}`)),
  ]
}

function importFault(path: string, specifier: string, house: House): string | undefined {
  if (specifier === '') return 'imports what it computes'
  if (!specifier.startsWith('.')) return packageFault(path, specifier)
  const target = resolve(path, specifier)
  return house.has(target) ? edgeFault(path, target) : `imports ${target}, which is not there`
}

const resolve = (path: string, specifier: string): string => posix.join(posix.dirname(path), specifier)

function packageFault(path: string, specifier: string): string | undefined {
  const room = roomOf(path)
  if (specifier.startsWith('node:')) {
    return room !== undefined && RUNTIME_ROOMS.includes(room) ? undefined : `imports ${specifier}`
  }
  const door = PACKAGE_DOORS[specifier.split('/')[0]!]
  if (door === undefined) return `imports ${specifier}, for which the plan has no door`
  const isDoor = door.endsWith('/') ? path.startsWith(door) : path === door
  return isDoor ? undefined : `imports ${specifier}, whose one door is ${door}`
}

function edgeFault(path: string, target: string): string | undefined {
  const [from, to] = [roomOf(path), roomOf(target)]
  if (from === undefined) return undefined
  if (from === to) return CELLS.includes(from) ? `imports ${target}, which stands beside it` : undefined
  if (to === undefined) return `imports the door ${target}`
  const room = ROOMS[from]
  if (room === undefined || room.mayImport.includes(to)) return undefined
  const lower = ROOMS[to] !== undefined && ROOMS[to].floor < room.floor
  return `imports ${target}, ${lower ? 'a lower room that it has no stairs to' : 'which is not below it'}`
}

/** Each circle of imports among files, found once: types count as well. */
function cyclesOf(inspected: ReadonlyMap<string, Inspected>): string[] {
  const cycles: string[] = []
  const done = new Set<string>()
  const visit = (path: string, trail: readonly string[]): void => {
    if (trail.includes(path)) cycles.push(`cycle: ${[...trail.slice(trail.indexOf(path)), path].join(' → ')}`)
    if (done.has(path)) return
    done.add(path)
    for (const { what } of inspected.get(path)?.imports ?? []) {
      if (what.startsWith('.')) visit(resolve(path, what), [...trail, path])
    }
  }
  for (const path of inspected.keys()) visit(path, [])
  return cycles
}
