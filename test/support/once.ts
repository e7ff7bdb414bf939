import { existsSync, mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { inject } from 'vitest'

/**
 * A folder that the first file of tests which asks for it fills; the others wait, and get the same one. Whoever writes
 * there copies it first.
 */
export function once(name: string, fill: (folder: string) => void): string {
  const folder = join(inject('once'), name)
  const [done, failed] = [`${folder}.done`, `${folder}.failed`]
  if (mkdirSync(folder, { recursive: true }) === undefined) {
    const nothing = new Int32Array(new SharedArrayBuffer(4))
    while (!existsSync(done) && !existsSync(failed)) Atomics.wait(nothing, 0, 0, 50)
    if (existsSync(failed)) throw new Error(`another file of tests could not make ${name}, and says why`)
    return folder
  }
  try {
    fill(folder)
    writeFileSync(done, '')
  } catch (error) {
    writeFileSync(failed, '')
    throw error
  }
  return folder
}
