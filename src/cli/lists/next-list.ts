import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Signer } from '../../ed25519/signer.ts'
import { draftRevocationList, reviseRevocationList } from '../../revocation/begin.ts'
import { readRevocationList } from '../../revocation/content.ts'
import { makeDelta } from '../../revocation/delta.ts'
import { addSerials, type RevocationDraft } from '../../revocation/draft.ts'
import { serialSetOf, subtractSet } from '../../revocation/serial-set-algebra.ts'
import { signRevocationList } from '../../revocation/sign.ts'
import type { Reservation } from '../../run/job.ts'
import { voidReason } from '../../run/ledger/void.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import type { Config } from '../project/config.ts'
import { journalOf, listFile, newestList, reservationsOf, shown, writeList } from '../project/files.ts'
import { isAtHand, privateFile, signerOf } from '../project/keys.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'
import { revocationListAtHand, trustListAtHand } from './lists.ts'

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
  const document = before === undefined ? undefined : new Uint8Array(readFileSync(before))
  // A new revocation key begins a new epoch, whose first list keeps all that the last of the old one says.
  const isSameEpoch = document && readRevocationList(document).epoch === trustList.revocationEpoch
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
    document === undefined
      ? draftRevocationList({ authority: config.authority, ...changes })
      : reviseRevocationList(document, changes)
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
  const caughtUp: Reservation[] = []
  let caught = draft
  for (const run of reservationsOf(context)) {
    const why = voidReason(journalOf(context), run.id)
    if (why === undefined) continue
    const { facility, product, first, last } = run
    const missing = draft.revoked
      .filter((entry) => entry.facility === facility && entry.product === product)
      .reduce((left, { serials }) => subtractSet(left, serials), serialSetOf([{ first, last }]))
    if (missing.firsts.length === 0) continue
    caughtUp.push(run)
    caught = addSerials(caught, { facility, product, ...why, serials: [{ first, last }] })
  }
  return { draft: caught, caughtUp }
}

export interface SignListOptions {
  readonly signer?: Signer | undefined
  /** What else the list says that the last one didn't. */
  readonly data?: object | undefined
  readonly lines?: readonly string[] | undefined
}

/** Signs the draft, with a delta from the list before it, and tells what it says. */
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
  const document = await signRevocationList(
    draft,
    signer ?? (await signerOf(context, config, config.revocation!)),
  )
  writeList(context, file, document)
  // Read as a verifier reads it, and remembered as seen.
  revocationListAtHand(context, trustList)
  const files = [shown(context, file)]
  if (before !== undefined) {
    writeList(context, delta, makeDelta(new Uint8Array(readFileSync(before)), document))
    files.push(shown(context, delta))
  }
  const expires = draft.expires.toISOString().slice(0, 10)
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
      words.listSigned(revocationList!, sequence, expires),
      `${words.next}: ${words.publishHow(kioskFiles(context, files))}`,
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
