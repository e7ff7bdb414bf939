import { runEngine } from '../check-signatures.ts'
import { type CodeBlock, checkBlock, type Due } from '../codes/code-blocks.ts'
import { Fault, type RunFault } from '../run-fault.ts'

/** Codes of a run that a thread checks. */
export interface CodesTask {
  readonly block: CodeBlock
  readonly due: Due
}

/** How many they are, or what is wrong with the first that is not as it is due. */
export type CodesAnswer = number | { readonly reason: RunFault; readonly detail: string }

export async function codesTask({ block, due }: CodesTask): Promise<CodesAnswer> {
  try {
    return await checkBlock(block, due, await runEngine())
  } catch (error) {
    if (!(error instanceof Fault)) throw error
    return { reason: error.reason, detail: error.message }
  }
}
