import { readFileSync, writeFileSync } from 'node:fs'
import { type Desk, foundProject, openDesk } from './desk.ts'

/** A project with an address and lists, of which a site can be made. */
export async function openSiteProject(prefixes: readonly string[]): Promise<Desk & Disposable> {
  const desk = openDesk()
  await foundProject(desk)
  const file = desk.path('veristamp.json')
  const config = JSON.parse(readFileSync(file, 'utf8')) as object
  writeFileSync(file, JSON.stringify({ ...config, prefixes, report: ['tel:113'] }))
  await desk.done('--yes', 'trust', 'build')
  await desk.done('list')
  return desk
}
