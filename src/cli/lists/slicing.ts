import { join } from 'node:path'
import { MIN_ISSUERS } from '../../document/cut.ts'
import type { ListFiles } from '../../document/named-slices.ts'
import { nativeEngine } from '../../node/native-engine.ts'
import type { RevocationDraft } from '../../revocation/draft.ts'
import { findHidden, type HiddenRevocation } from '../../revocation/hidden.ts'
import { encodeRevocationDraft } from '../../revocation/sign.ts'
import { encodeSlicedRevocationDraft } from '../../revocation/slice-draft.ts'
import type { TrustListContent } from '../../trust/content.ts'
import { encodeTrustDraft } from '../../trust/sign.ts'
import { encodeSlicedTrustDraft } from '../../trust/slice-draft.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import { CONFIG_FILE, type Config, writeConfig } from '../project/config.ts'
import { replaceOwn } from '../project/files.ts'
import { isAtHand } from '../project/keys.ts'
import { newestFiles } from '../project/list-files.ts'
import type { Context } from '../shell/context.ts'

/** Whether a list stands in slices: as `veristamp.json` says, or by its size. */

/**
 * Bytes of a list with its slices. A longer one is some 17 kB compressed, more than half of the consumer page, and takes a
 * slow phone half a second to load: its first answer should not wait for that.
 */
const LARGE = 2 ** 17

type Choice = Pick<Config, 'slices'>

/** The project's file with what an option asks for. */
export const withChoice = (config: Config, slices: boolean | undefined): Config =>
  slices === undefined ? config : { ...config, slices }

/** Writes the choice down: every later list is cut as this one. */
export function keepChoice(context: Context, before: Choice, config: Config): void {
  if (before.slices === config.slices) return
  replaceOwn(context, join(context.folder, CONFIG_FILE), writeConfig(config))
  const { slices } = config
  if (slices !== undefined) context.report({ slices }, context.words.slices.chosen(slices))
}

/** The trust list, unsigned. */
export const cutTrust = ({ slices }: Choice, content: TrustListContent): ListFiles =>
  cut(slices, content.issuers.length, {
    whole: () => encodeTrustDraft(content),
    sliced: () => encodeSlicedTrustDraft(content, { engine: nativeEngine }),
  })

/** The revocation list, unsigned, cut by a trust list. */
export const cutRevocation = ({ slices }: Choice, draft: RevocationDraft, trustList: TrustList): ListFiles =>
  cut(slices, trustList.issuers.length, {
    whole: () => encodeRevocationDraft(draft),
    sliced: () => encodeSlicedRevocationDraft(draft, { trustList }),
  })

interface Ways {
  readonly whole: () => Uint8Array
  readonly sliced: () => ListFiles
}

function cut(choice: boolean | undefined, issuers: number, { whole, sliced }: Ways): ListFiles {
  if (choice === true) return sliced()
  // One slice would be all of it.
  if (choice === undefined && issuers >= 2 * MIN_ISSUERS) {
    const files = sliced()
    if (files.slices.length > 1 && lengthOf(files) > LARGE) return files
  }
  return { document: whole(), slices: [] }
}

const lengthOf = ({ document, slices }: ListFiles): number =>
  slices.reduce((sum, slice) => sum + slice.length, document.length)

/** Whoever carries a list carries its slices too. */
export const besideLines = ({ words }: Context, slices: readonly unknown[]): string[] =>
  slices.length === 0 ? [] : [words.slices.beside(slices.length)]

/** What to do first where the revocation list at hand can't be published with a trust list. */
export function recutLine(context: Context, config: Config, trustList: TrustList): string | undefined {
  const { words } = context
  if (config.revocation === undefined || hiddenAtHand(context, trustList) === undefined) return undefined
  const isHere = isAtHand(context, config, config.revocation)
  return isHere ? words.slices.recut : words.lists.askAuthority(words.listHow)
}

/** A revocation of the newest list that phones would miss under this trust list: the two can't be published together. */
export function hiddenAtHand(context: Context, { issuers }: TrustList): HiddenRevocation | undefined {
  const files = newestFiles(context, 'revocation')
  return files && findHidden(files, issuers)
}
