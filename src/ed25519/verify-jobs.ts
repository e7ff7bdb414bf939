import type { Engine, VerifyJob } from './engine.ts'

/** The answers to the jobs, in order: all together where the engine can, or else each by its key. */
export const verifyJobs = (jobs: readonly VerifyJob[], engine?: Engine): readonly boolean[] =>
  engine?.verifyMany?.(jobs) ?? jobs.map(({ key, message, signature }) => key.verify(message, signature))
