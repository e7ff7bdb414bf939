import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Signer } from '../../ed25519/signer.ts'
import { checkInteger } from '../../lib/checks.ts'
import { dateOf } from '../../lib/dates.ts'
import { readReservations } from '../../node/run/journal.ts'
import { voidRun } from '../../node/run/void.ts'
import type { RevocationReason } from '../../revocation/body.ts'
import { readRevocationList } from '../../revocation/content.ts'
import { makeDelta } from '../../revocation/delta.ts'
import {
  addSerials,
  draftRevocationList,
  type RevocationDraft,
  setWatermark,
} from '../../revocation/draft.ts'
import { signRevocationList } from '../../revocation/sign.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import { type Config, readConfig } from '../config.ts'
import type { Context } from '../context.ts'
import { listFile, newestList, shown, writeNew } from '../files.ts'
import { EXIT, type ExitCode, Failure } from '../io.ts'
import { signerOf } from '../keys.ts'
import { openRevocationList, openTrustList } from '../lists.ts'
import { journalOf } from './runs.ts'

const DAY = 86_400_000

interface Office {
  readonly config: Config
  readonly trustList: TrustList
  readonly draft: RevocationDraft
  /** The newest list's file. */
  readonly before: string | undefined
}

/** Begins the next revocation list. */
function begin(context: Context): Office {
  const config = readConfig(context)
  const { words, io } = context
  if (config.revocation === undefined)
    throw new Failure('no_revocation', words.noRevocation, words.noRevocationHow)
  const trustList = openTrustList(context, config)
  const before = newestList(context, 'revocation')
  const document = before === undefined ? undefined : new Uint8Array(readFileSync(before))
  // A new revocation key begins a new epoch, whose first list keeps all that the last of the old one says.
  const isSameEpoch = document && readRevocationList(document).epoch === trustList.revocationEpoch
  if (isSameEpoch) openRevocationList(context, trustList)
  const issued = io.now()
  const validity = config.days.revocation * DAY
  const header = {
    authority: config.authority,
    epoch: trustList.revocationEpoch,
    issued,
    next: new Date(issued.getTime() + validity / 2),
    expires: new Date(issued.getTime() + validity),
  }
  return { config, trustList, draft: draftRevocationList(header, document), before }
}

/** Signs the draft, with a delta from the list before it. */
async function finish(
  context: Context,
  { config, trustList, before }: Office,
  draft: RevocationDraft,
  signer?: Signer,
): Promise<void> {
  const { words } = context
  const document = await signRevocationList(
    draft,
    signer ?? (await signerOf(context, config, config.revocation!)),
  )
  const file = listFile(context, 'revocation', draft.sequence)
  writeNew(context, file, document)
  // Read as a verifier reads it, and remembered as seen.
  openRevocationList(context, trustList)
  const files = [shown(context, file)]
  if (before !== undefined) {
    const delta = join(context.folder, 'lists', `delta-${draft.sequence - 1}-${draft.sequence}.cbor`)
    writeNew(context, delta, makeDelta(new Uint8Array(readFileSync(before)), document))
    files.push(shown(context, delta))
  }
  const expires = draft.expires.toISOString().slice(0, 10)
  context.report(
    { revocationList: files[0], sequence: draft.sequence, expires, ...(files[1] && { delta: files[1] }) },
    `${words.listSigned(files[0]!, draft.sequence, expires)}\n${words.next}: ${words.publishHow(kioskFiles(context, files))}`,
  )
}

const kioskFiles = (context: Context, files: readonly string[]): string =>
  [shown(context, newestList(context, 'trust')!), ...files].join(' ')

export interface ListOptions {
  /** `facility:product:serial`, each the last serial that may leave the printer. */
  readonly raise: readonly string[]
}

/** A new list: fresh dates, watermarks raised to what runs have reserved and to what is asked for. */
export async function list(context: Context, { raise }: ListOptions): Promise<ExitCode> {
  const office = begin(context)
  const { issuers } = office.trustList
  const runs = readReservations(journalOf(context)).map(({ publicKey, facility, product, last }) => ({
    publicKey: new Uint8Array(Buffer.from(publicKey, 'hex')),
    ...{ facility, product, serial: last },
  }))
  const asked = raise
    .map((text) => markOf(context, text))
    .flatMap((mark) => {
      const own = issuers.filter(({ scope }) =>
        scope.some(
          (range) =>
            range.facility === mark.facility &&
            (range.product ?? mark.product) === mark.product &&
            (range.first ?? 0) <= mark.serial &&
            mark.serial <= (range.last ?? Number.MAX_SAFE_INTEGER),
        ),
      )
      // Two keys of one product never share a serial, so the serial says whose watermark is meant.
      if (own.length === 0)
        throw new Failure('no_scope', context.words.noScope(mark), context.words.noScopeHow)
      return own.map(({ publicKey }) => ({ publicKey, ...mark }))
    })
  let { draft } = office
  for (const mark of [...runs, ...asked]) draft = raiseTo(draft, mark)
  await finish(context, office, draft)
  return EXIT.valid
}

type Mark = Parameters<typeof setWatermark>[1]

/** Watermarks go up here, never down. */
function raiseTo(draft: RevocationDraft, mark: Mark): RevocationDraft {
  const raised = setWatermark(draft, mark)
  const { key } = raised.watermarks.at(-1)!
  const known = draft.watermarks.find(
    (each) =>
      Buffer.from(each.key).equals(key) && each.facility === mark.facility && each.product === mark.product,
  )
  return known !== undefined && known.serial >= mark.serial ? draft : raised
}

function markOf({ words }: Context, text: string): { facility: number; product: number; serial: number } {
  const found = /^(\d{1,16}):(\d{1,16}):(\d{1,16})$/.exec(text)
  if (found === null) throw new Failure('argument_range', words.badNumbers(text), 'FACILITY:PRODUCT:SERIAL')
  const [facility, product, serial] = found.slice(1).map(Number) as [number, number, number]
  return { facility, product, serial }
}

export interface RevokeOptions {
  readonly run?: string
  readonly product?: number
  readonly facility?: number
  /** `5,10-20`. */
  readonly serials?: string
  readonly reason: RevocationReason
}

/** Revokes serials, or a run with all its serials, and signs the list that says so. */
export async function revoke(context: Context, options: RevokeOptions): Promise<ExitCode> {
  const { words, io } = context
  const office = begin(context)
  const why = { reason: options.reason, date: dateOf(Math.floor(io.now().getTime() / DAY)) }
  if (options.run !== undefined) {
    // The key is opened first: a run that is void is to be revoked too.
    const signer = await signerOf(context, office.config, office.config.revocation!)
    const draft = voidRun(journalOf(context), options.run, office.draft, why)
    await finish(context, office, draft, signer)
    context.report({ revoked: options.run }, words.revoked(options.run))
    return EXIT.valid
  }
  if (options.product === undefined || options.serials === undefined) {
    throw new Failure('nothing_to_revoke', words.revokeWhat, words.revokeWhatHow)
  }
  const facility = options.facility ?? office.trustList.product(options.product)?.facility
  if (facility === undefined)
    throw new Failure('no_product', words.noProduct(options.product), words.noProductHow)
  const serials = serialsOf(context, options.serials)
  const draft = addSerials(office.draft, { facility, product: options.product, ...why, serials })
  await finish(context, office, draft)
  context.report({ revoked: options.serials }, words.revoked(options.serials))
  return EXIT.valid
}

function serialsOf({ words }: Context, text: string): { first: number; last: number }[] {
  return text.split(',').map((part) => {
    const found = /^(\d{1,16})(?:-(\d{1,16}))?$/.exec(part.trim())
    if (found === null) throw new Failure('argument_range', words.badNumbers(part), words.revokeWhatHow)
    const first = checkInteger('serials', Number(found[1]), Number.MAX_SAFE_INTEGER)
    return { first, last: checkInteger('serials', Number(found[2] ?? first), Number.MAX_SAFE_INTEGER, first) }
  })
}
