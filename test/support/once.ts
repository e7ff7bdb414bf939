import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import { inject } from 'vitest'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where things stand that are made once for all files of tests. */
    readonly once: string
  }
}

/**
 * A folder that the first file of tests which asks for it fills; the others wait, and get the same one. Whoever writes
 * there copies it first.
 */
export async function once(name: string, fill: (folder: string) => void | Promise<void>): Promise<string> {
  const folder = join(inject('once'), name)
  const [done, failed] = [`${folder}.done`, `${folder}.failed`]
  if (mkdirSync(folder, { recursive: true }) === undefined) {
    while (!existsSync(done) && !existsSync(failed)) await setTimeout(20)
    if (existsSync(failed)) throw new Error(`another file of tests could not make ${name}, and says why`)
    return folder
  }
  try {
    await fill(folder)
    writeFileSync(done, '')
  } catch (error) {
    writeFileSync(failed, '')
    throw error
  }
  return folder
}
