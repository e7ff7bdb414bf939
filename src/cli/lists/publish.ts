import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { signDocument } from '../../document/sign.ts'
import { nativeEngine } from '../../node/native-engine.ts'
import { describeTrustList } from '../../trust/describe.ts'
import { joinChain } from '../../trust/join-chain.ts'
import { loadTrustList } from '../../trust/load.ts'
import type { Config } from '../project/config.ts'
import { listFile, newestBytes, replaceOwn, shown, writeList } from '../project/files.ts'
import { isAtHand, signerOf } from '../project/keys.ts'
import { confirm } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'
import { pinnedRoots, trustListAtHand } from './lists.ts'
import type { ToldChanges } from './trust-changes.ts'

/** Signs a draft with the root keys that are at hand, and publishes it if these are enough. */
export async function signAndPublish(
  context: Context,
  config: Config,
  draft: Uint8Array,
  told: ToldChanges,
): Promise<ExitCode> {
  const { words } = context
  let document = draft
  for (const name of config.roots.keys.filter((name) => isAtHand(context, config, name))) {
    document = await signDocument(document, await signerOf(context, config, name))
  }
  const { sequence, signed } = placeOf(document)
  const { threshold } = config.roots
  if (signed >= threshold) {
    const isPrinter = config.issuers.some(({ key }) => isAtHand(context, config, key))
    publish(context, config, document, told, isPrinter ? () => words.issueHow : words.changes.carryOut)
    return EXIT.valid
  }
  const file = join(context.folder, 'lists', `trust-${sequence}.draft.cbor`)
  const name = shown(context, file)
  if (existsSync(file)) await confirm(context, words.draftReplaced(name))
  replaceOwn(context, file, document)
  const lines = [
    ...told.lines,
    words.trustDraft(name, signed, threshold),
    nextLine(context, words.trustDraftHow(name)),
  ]
  context.report({ draft: name, signed, threshold, ...changesOf(told) }, lines.join('\n'))
  return EXIT.indeterminate
}

const changesOf = ({ changes }: ToldChanges): Pick<ToldChanges, 'changes'> => (changes ? { changes } : {})

export const nextLine = ({ words }: Context, next: string): string => `${words.next}: ${next}`

function placeOf(document: Uint8Array): { sequence: number; signed: number } {
  const described = describeTrustList(document)
  const { sequence, roots } = described.ok ? described.lists.at(-1)! : { sequence: 0, roots: { signed: 0 } }
  return { sequence, signed: roots.signed }
}

/**
 * Gives a signed list its name, with the rotations that lead to it before it.
 * @throws Failure `refused` for one that no verifier would take, `exists`
 */
export function publish(
  context: Context,
  config: Config,
  document: Uint8Array,
  told: ToldChanges,
  nextOf: (file: string) => string,
): void {
  const { words } = context
  const before = newestBytes(context, 'trust')
  const chain = before === undefined ? document : joinChain(before, document)
  const { sequence } = placeOf(document)
  const file = listFile(context, 'trust', sequence)
  const name = shown(context, file)
  const { authority } = config
  const loaded = loadTrustList(chain, {
    authority,
    roots: pinnedRoots(context, config),
    engine: nativeEngine,
  })
  if (!loaded.ok)
    throw new Failure(
      'refused',
      words.refused(name, loaded.reason, loaded.detail ?? ''),
      words.changes.otherRootsHow,
    )
  writeList(context, file, chain)
  // Read as a verifier reads it, and remembered as seen.
  trustListAtHand(context, config)
  const lines = [...told.lines, words.trustSigned(name, sequence), nextLine(context, nextOf(name))]
  context.report({ trustList: name, sequence, ...changesOf(told) }, lines.join('\n'))
}
