import { execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { open } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { foundProject, openDesk } from './desk.ts'

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

// Windows has no such pipes.
describe.skipIf(process.platform === 'win32')('a command that is stopped', () => {
  it('ends while it reads a line that never ends', async () => {
    const desk = openDesk()
    await foundProject(desk)
    const pipe = desk.path('pipe')
    execFileSync('mkfifo', [pipe])
    const argv = [CLI, '--dir', desk.folder, '--lang', 'en', 'verify', '--file', pipe]
    const child = spawn(process.execPath, argv, { stdio: ['ignore', 'ignore', 'pipe'] })
    let said = ''
    child.stderr.on('data', (data) => {
      said += data
    })
    const ended = once(child, 'exit')
    const writer = await open(pipe, 'w') // resolves once the command reads it
    const bytes = Buffer.alloc(65_536, 'a')
    const writing = (async () => {
      while (child.exitCode === null) await writer.write(bytes).catch(() => {})
    })()
    await new Promise((resolve) => setTimeout(resolve, 100))
    child.kill('SIGTERM')
    expect(await ended).toEqual([3, null])
    expect(said).toContain('Error: stopped')
    await writing
    await writer.close()
  })
})
