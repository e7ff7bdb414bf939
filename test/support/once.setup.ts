import { mkdirSync, mkdtempSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import type { TestProject } from 'vitest/node'

declare module 'vitest' {
  interface ProvidedContext {
    /** Where things stand that are made once for all files of tests. */
    readonly once: string
  }
}

/** A folder for all that tests write, which goes with them: memory would stay taken by what a killed test leaves. */
export default function setup(project: TestProject): () => void {
  const { env } = project.config
  const folder = mkdtempSync(join(env.TMPDIR!, 'veristamp-tests-'))
  for (const name of ['once', 'tmp']) mkdirSync(join(folder, name))
  project.provide('once', join(folder, 'once'))
  env.TMPDIR = join(folder, 'tmp')
  return () => rmSync(folder, { recursive: true, force: true, maxRetries: 5 })
}
