import { readdirSync, readFileSync } from 'node:fs'
import { basename, dirname, resolve } from 'node:path'
import { cleanUp } from '../files/disk.ts'
import { createWhole } from '../files/durable.ts'

/**
 * A text in files `<path>.<generation>` of one folder. It survives a kill and a power cut at any moment: a generation is
 * written whole to a file of another name, flushed, and only then given its own. Several processes may share it: a
 * generation's name can be taken once only, so whoever comes second begins again from what the first has kept.
 */
export interface Generations {
  nameOf(generation: number): string
  /** The newest; generation 0, without a text, where there is none. */
  newest(): Generation
  /**
   * Keeps what `change` makes of the newest text, or nothing where it makes undefined. It may be asked again, also with
   * what it made itself.
   */
  update(change: (newest: Generation) => string | undefined): void
}

export interface Generation {
  readonly generation: number
  readonly text: string | undefined
}

/** Generations that stay, so that a reader who is slow still finds the one that it was about to read. */
const KEPT = 8

export function generationsOf(path: string): Generations {
  const [file, folder, name] = [resolve(path), dirname(resolve(path)), basename(path)]
  const nameOf = (generation: number): string => `${file}.${generation}`

  /** Those that are there, the newest first. */
  function list(): number[] {
    const ends = readdirSync(folder).filter((entry) => entry.startsWith(`${name}.`))
    return ends
      .map((entry) => entry.slice(name.length + 1))
      .filter((end) => /^[1-9]\d{0,15}$/.test(end))
      .map(Number)
      .sort((a, b) => b - a)
  }

  function newest(): Generation {
    for (let attempts = 0; ; attempts++) {
      const [generation] = list()
      if (generation === undefined) return { generation: 0, text: undefined }
      try {
        return { generation, text: readFileSync(nameOf(generation), 'utf8') }
      } catch (cause) {
        // Newer ones have come since the folder was listed, and this one went.
        if ((cause as NodeJS.ErrnoException).code !== 'ENOENT' || attempts >= KEPT) throw cause
      }
    }
  }

  /** False where someone else was faster. */
  function put(generation: number, text: string): boolean {
    try {
      createWhole(nameOf(generation), new TextEncoder().encode(text))
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false
      throw error
    }
    for (const old of list()) if (old <= generation - KEPT) cleanUp(nameOf(old))
    return true
  }

  return {
    nameOf,
    newest,
    update(change) {
      for (;;) {
        const before = newest()
        const text = change(before)
        if (text === undefined || text === before.text) return
        const generation = before.generation + 1
        // Where newer ones came meanwhile, that name may have been taken, and be free again.
        if (put(generation, text) && list()[0] === generation) return
      }
    },
  }
}
