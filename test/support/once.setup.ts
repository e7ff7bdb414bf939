import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

/** A folder for all that tests write, which goes with them: memory would stay taken by what a killed test leaves. */
export default function setup(project: TestProject): () => Promise<void> {
  const { env } = project.config
  const folder = mkdtempSync(join(env.TMPDIR!, 'veristamp-tests-'))
  chmodSync(folder, 0o711) // PostgreSQL runs as another user, in a folder in here
  for (const name of ['once', 'tmp']) mkdirSync(join(folder, name))
  project.provide('once', join(folder, 'once'))
  env.TMPDIR = join(folder, 'tmp')
  return async () => {
    await endPostgres(join(folder, 'once', 'postgres', 'data', 'postmaster.pid'))
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
  }
}

/** Ends the server that tests shared, if any did, by the number that it left. */
async function endPostgres(file: string): Promise<void> {
  if (!existsSync(file)) return
  const pid = Number.parseInt(readFileSync(file, 'utf8'), 10)
  if (!(pid > 1)) return
  // Its connections are ended first; if that takes long, all at once. It takes its file away when it goes.
  for (const signal of ['SIGINT', 'SIGQUIT'] as const) {
    if (existsSync(file)) process.kill(pid, signal)
    for (let tries = 0; tries < 400 && existsSync(file); tries++)
      await new Promise((resolve) => setTimeout(resolve, 25))
  }
}
