import type { FileName, Keep } from './keep.ts'

/** Where the slices of one authority's lists are kept, by their hashes. */
export interface SliceKeep {
  names(): Promise<ReadonlySet<string>>
  get(names: readonly string[]): Promise<ReadonlyMap<string, Uint8Array>>
  /** One alone; undefined where it is not kept. */
  one(name: string): Promise<Uint8Array | undefined>
  put(slices: ReadonlyMap<string, Uint8Array>): Promise<void>
  /** Drops all but these. */
  keepOnly(names: ReadonlySet<string>): Promise<void>
}

const NAME = /^slice:([0-9a-f]{64})(.*)$/

/** @param suffix of the authority's files */
export function sliceKeepOf(keep: Keep, suffix: string): SliceKeep {
  const fileOf = (name: string): FileName => `slice:${name}${suffix}`
  const names = async (): Promise<ReadonlySet<string>> => {
    const all = (await keep.names()).map((name) => NAME.exec(name))
    return new Set(all.flatMap((found) => (found?.[2] === suffix ? found[1]! : [])))
  }
  return {
    names,
    async get(wanted) {
      const kept = await names()
      const here = wanted.filter((name) => kept.has(name))
      const files = await Promise.all(here.map(async (name) => [name, await keep.get(fileOf(name))] as const))
      return new Map(files.flatMap(([name, bytes]) => (bytes === undefined ? [] : [[name, bytes]])))
    },
    one: (name) => keep.get(fileOf(name)),
    put: (slices) => keep.change(new Map([...slices].map(([name, bytes]) => [fileOf(name), bytes])), []),
    async keepOnly(wanted) {
      const others = [...(await names())].filter((name) => !wanted.has(name))
      if (others.length > 0) await keep.change(new Map(), others.map(fileOf))
    },
  }
}
