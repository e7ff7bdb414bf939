import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { namedSlices } from '../../document/named-slices.ts'
import { signDocument } from '../../document/sign.ts'
import type { Signer } from '../../ed25519/signer.ts'
import { draftRevocationList, reviseRevocationList } from '../../revocation/begin.ts'
import { addSerials, type RevocationDraft } from '../../revocation/draft.ts'
import { makeDelta } from '../../revocation/make-delta.ts'
import type { Reservation } from '../../run/job.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import type { Config } from '../project/config.ts'
import { dayAt } from '../project/desk-day.ts'
import { listFile, newestList, readGiven, shown, writeList } from '../project/files.ts'
import { isAtHand, privateFile, signerOf } from '../project/keys.ts'
import { keepSlices, newestFiles, revocationContent } from '../project/list-files.ts'
import { warn } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'
import { revocationListAtHand, trustListAtHand } from './lists.ts'
import { besideLines, cutRevocation } from './slicing.ts'
import { unrevokedRuns } from './void-runs.ts'

/** The next revocation list of a project, from its draft to its files. */
export interface NextList {
  readonly config: Config
  readonly trustList: TrustList
  readonly draft: RevocationDraft
  /** The newest list's file. */
  readonly before: string | undefined
  /** Void runs whose serials no list revoked before. */
  readonly caughtUp: readonly Reservation[]
}

export const DAY = 86_400_000

/**
 * Begins the next list, under the lock of `withLists`: all that the last one says, and the serials of runs that were declared void, which a kill may
 * have kept from it.
 * @throws Failure `no_revocation`, `no_trust_list` or `refused`
 */
export function beginList(context: Context, config: Config): NextList {
  const { words, io } = context
  if (config.revocation === undefined)
    throw new Failure('no_revocation', words.noRevocation, words.noRevocationHow)
  const trustList = trustListAtHand(context, config)
  const before = newestList(context, 'revocation')
  const files = newestFiles(context, 'revocation')
  // A new revocation key begins a new epoch, whose first list keeps all that the last of the old one says.
  const isSameEpoch = files && revocationContent(context)?.epoch === trustList.revocationEpoch
  if (isSameEpoch) revocationListAtHand(context, trustList)
  const issued = io.now()
  const validity = config.days.revocation * DAY
  const changes = {
    epoch: trustList.revocationEpoch,
    issued,
    next: new Date(issued.getTime() + validity / 2),
    expires: new Date(issued.getTime() + validity),
  }
  const draft =
    files === undefined
      ? draftRevocationList({ authority: config.authority, ...changes })
      : reviseRevocationList(files.document, changes, { slices: files.slices })
  return { config, trustList, before, ...catchUp(context, draft) }
}

/**
 * Checks that this project can sign revocation lists at all.
 * @param command what the authority is to be asked for where the key is with it
 * @throws Failure `no_key`
 */
export function checkRevocationKey(context: Context, config: Config, command: string): void {
  const { revocation } = config
  if (revocation === undefined || isAtHand(context, config, revocation)) return
  const { words } = context
  const file = shown(context, privateFile(context, revocation))
  throw new Failure('no_key', words.noKey(file), words.lists.askAuthority(command))
}

function catchUp(context: Context, draft: RevocationDraft): Pick<NextList, 'draft' | 'caughtUp'> {
  const missing = unrevokedRuns(context, draft.revoked)
  const caught = missing.reduce(
    (so, { run: { facility, product, first, last }, why }) =>
      addSerials(so, { facility, product, ...why, serials: [{ first, last }] }),
    draft,
  )
  return { draft: caught, caughtUp: missing.map(({ run }) => run) }
}

export interface SignListOptions {
  readonly signer?: Signer | undefined
  /** What else the list says that the last one didn't. */
  readonly data?: object | undefined
  readonly lines?: readonly string[] | undefined
}

/** Signs the draft, with a delta from the list before it where both stand whole, and tells what it says. */
export async function signList(
  context: Context,
  { config, trustList, before, caughtUp }: NextList,
  draft: RevocationDraft,
  { signer, data, lines = [] }: SignListOptions = {},
): Promise<void> {
  const { words } = context
  const { sequence } = draft
  const file = listFile(context, 'revocation', sequence)
  const delta = join(context.folder, 'lists', `delta-${sequence - 1}-${sequence}.cbor`)
  // Either of them says that a list of this number was signed before, and is lost here.
  checkFree(context, file, delta)
  const { slices, ...unsigned } = cutRevocation(config, draft, trustList)
  const document = await signDocument(
    unsigned.document,
    signer ?? (await signerOf(context, config, config.revocation!)),
  )
  keepSlices(context, slices)
  writeList(context, file, document)
  // Read as a verifier reads it, and remembered as seen.
  revocationListAtHand(context, trustList)
  const files = [shown(context, file)]
  const base = before === undefined ? undefined : readGiven(context, before)
  if (base !== undefined && slices.length + namedSlices(base).length === 0) {
    writeList(context, delta, makeDelta(base, document))
    files.push(shown(context, delta))
  }
  const expires = dayAt(context, draft.expires)
  if (draft.expires > trustList.expires)
    warn(context, words.status.outlives(expires, dayAt(context, trustList.expires)))
  const [revocationList, update] = files
  const runs = caughtUp.map(({ id }) => id)
  context.report(
    {
      ...{ revocationList, sequence, expires, delta: update },
      ...(runs.length > 0 && { caughtUp: runs }),
      ...data,
    },
    [
      ...caughtUp.map(({ id, first, last }) => words.caughtUp(id, first, last)),
      ...lines,
      words.lists.signed(revocationList!, sequence, expires),
      ...besideLines(context, slices),
      `${words.next}: ${words.publishing.how(kioskFiles(context, files))}`,
    ].join('\n'),
  )
}

/** @throws Failure `exists` */
function checkFree(context: Context, ...files: readonly string[]): void {
  const taken = files.find(existsSync)
  if (taken === undefined) return
  throw new Failure('exists', context.words.exists(shown(context, taken)), context.words.lists.existsHow)
}

const kioskFiles = (context: Context, files: readonly string[]): string =>
  [shown(context, newestList(context, 'trust')!), ...files].join(' ')
