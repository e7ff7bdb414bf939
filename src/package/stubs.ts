import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { doors } from './doors.ts'

/**
 * Folders that stand for the doors in the tarball, for tools that do not read `exports`: Metro without package exports,
 * Parcel 2, TypeScript's `moduleResolution: node`. Made before packing; `--remove` takes them away after it.
 */

process.chdir(fileURLToPath(new URL('../../', import.meta.url)))

const stub = (door: string): string =>
  `${JSON.stringify(
    {
      main: `../dist/${door}.cjs`,
      module: `../dist/${door}.js`,
      types: `../dist/${door}.d.ts`,
      sideEffects: false,
    },
    null,
    2,
  )}\n`

for (const door of doors.filter((name) => name !== 'index')) {
  const file = `${door}/package.json`
  if (process.argv.includes('--remove')) {
    // What is not ours stays.
    if (existsSync(file) && readFileSync(file, 'utf8') === stub(door)) rmSync(door, { recursive: true })
  } else {
    mkdirSync(door, { recursive: true })
    writeFileSync(file, stub(door))
  }
}
