import type { SheetsTask } from './sheets-task.ts'

/** The file of the worker threads: what they do, by the names of their tasks. */

export { linesTask, signTask, verifyTask } from '../../node/pool/worker.ts'
export { codesTask } from './codes-task.ts'

/** Brings the library for PDFs along only where sheets are laid out. */
export async function sheetsTask(task: SheetsTask): Promise<void> {
  const { laySheetsOut } = await import('./sheets-task.ts')
  await laySheetsOut(task)
}
