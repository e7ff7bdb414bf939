import { join } from 'node:path'
import { sha256 } from '../../ed25519/sha2.ts'
import { equalBytes, toHex } from '../../lib/bytes.ts'
import { dayOf } from '../../lib/dates.ts'
import { checkNoLink } from '../../node/files/own-path.ts'
import type { RevocationReason } from '../../revocation/body.ts'
import { addSerials, type RevocationDraft, revokeKey } from '../../revocation/draft.ts'
import { encodeRevocationDraft } from '../../revocation/sign.ts'
import { issuerNamed } from '../desk/issuers.ts'
import { recallEffects, recalled } from '../desk/recall.ts'
import { scannedStamps } from '../desk/scanned.ts'
import { checkClock } from '../lists/clock.ts'
import { beginList, checkRevocationKey, type NextList, signList } from '../lists/next-list.ts'
import { effectOnKey, effectOnSerials } from '../lists/revocation-effect.ts'
import { dayAt } from '../project/desk-day.ts'
import { ownJournal, reservationsOf } from '../project/files.ts'
import { signerOf } from '../project/keys.ts'
import { withLedger } from '../project/ledger.ts'
import { facilityOf, parseMark } from '../project/products.ts'
import { withLists } from '../project/project-lock.ts'
import { parseSerials } from '../project/serial-text.ts'
import { confirmJournal } from '../runs/doubts.ts'
import { findRun } from '../runs/find-run.ts'
import { confirm } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'
import { printable } from '../words/printable.ts'

export interface RevokeOptions {
  readonly run?: string | undefined
  /** All runs of a lot, or of a day of making: of one product where that is named too. */
  readonly lot?: string | undefined
  readonly made?: string | undefined
  /** What somebody got, as `release` noted it. */
  readonly releasedTo?: string | undefined
  /** A table of products and serials. */
  readonly file?: string | undefined
  /** Texts that were scanned off stamps, or pictures of stamps: a file, or `-`. */
  readonly codes?: string | undefined
  readonly product?: number | undefined
  readonly facility?: number | undefined
  /** `5,10-20`. */
  readonly serials?: string | undefined
  /** An issuer's key: its name in `veristamp.json`, or its key id where no other issuer has it. */
  readonly key?: string | undefined
  /** All stamps of the key. */
  readonly wholly?: boolean | undefined
  /** `facility:product:serial`, each the last serial of a product that stays good. */
  readonly above: readonly string[]
  readonly reason: RevocationReason
  /** Says what it would do, and signs nothing. */
  readonly dryRun?: boolean | undefined
}

/** What is revoked goes into a list that is signed here, and stays revoked in all that follow it. */
export async function revokeCommand(context: Context, options: RevokeOptions): Promise<ExitCode> {
  if (isRecall(options)) checkRecall(context, options)
  else checkChoice(context, options)
  if (options.run !== undefined) {
    findRun(context, options.run)
    checkNoLink(context.folder, join(ownJournal(context), options.run))
  }
  await confirmJournal(context)
  return withLists(context, async (config) => {
    const next = beginList(context, config)
    if (!options.dryRun) {
      checkRevocationKey(context, config, 'veristamp revoke …')
      await checkClock(context, next.draft.issued)
    }
    if (isRecall(options)) await recall(context, next, options)
    else if (options.run !== undefined) await revokeRun(context, next, options.run, options)
    else if (options.key !== undefined) await revokeIssuer(context, next, options.key, options)
    else await revokeSerials(context, next, options)
    return EXIT.valid
  })
}

const isRecall = ({ lot, made, releasedTo, file, codes }: RevokeOptions): boolean =>
  [lot, made, releasedTo, file, codes].some((choice) => choice !== undefined)

/** Lot, day and receiver narrow each other; a table and anything else do not go together. */
function checkRecall({ words }: Context, options: RevokeOptions): void {
  const { lot, made, releasedTo, file, codes, run, key, serials, facility, wholly = false, above } = options
  const others =
    [run, key, serials, facility].some((choice) => choice !== undefined) || wholly || above.length > 0
  const isLists = [file, codes].filter((choice) => choice !== undefined).length
  const isTwice = isLists > 0 && [lot, made, releasedTo].some((choice) => choice !== undefined)
  if (others || isTwice || isLists > 1)
    throw new Failure('nothing_to_revoke', words.lists.revokeWhat, words.lists.revokeWhatHow)
  if (made !== undefined) dayOf('made', made)
}

/** Takes back what a recall names, product by product, once it was counted. */
async function recall(context: Context, next: NextList, options: RevokeOptions): Promise<void> {
  const { words } = context
  const { codes } = options
  const scanned = codes === undefined ? undefined : await scannedStamps(context, next.trustList, codes)
  const named = recalled(context, next.trustList, options, scanned?.spans)
  const products = recallEffects(context, next.draft, named)
  if (products.length === 0)
    throw new Failure('nothing_to_revoke', words.lists.nothingRecalled, words.lists.nothingRecalledHow)
  const why = whyOf(context, options)
  const draft = products.reduce(
    (all, { facility, product, serials }) => addSerials(all, { facility, product, serials, ...why }),
    next.draft,
  )
  const strangers = scanned?.strangers ?? 0
  const fact = [
    ...products.map((each) => words.lists.revokesSerials(each)),
    ...(strangers > 0 ? [words.lists.strangers(strangers)] : []),
  ].join('\n')
  const told = products.map(({ serials, ...each }) => ({ ...each, ranges: serials.length }))
  // Where the codes came from standard input, no answer can come from there.
  const asking = codes === '-' ? { ...context, io: { ...context.io, canAsk: false } } : context
  if (!(await agree(asking, options, draft, fact, { products: told, strangers }))) return
  await signList(context, next, draft)
  const count = products.reduce((sum, { issued, unissued }) => sum + issued + unissued, 0)
  context.report({ recalled: told }, words.lists.recalled(count, products.length))
}

function checkChoice(
  { words }: Context,
  { run, key, product, serials, facility, wholly = false, above }: RevokeOptions,
): void {
  const ways = [run !== undefined, key !== undefined, product !== undefined || serials !== undefined]
  const isWhole = key === undefined ? !wholly && above.length === 0 : facility === undefined
  const isNamed = run !== undefined || key !== undefined || (product !== undefined && serials !== undefined)
  if (ways.filter(Boolean).length !== 1 || !isWhole || !isNamed)
    throw new Failure('nothing_to_revoke', words.lists.revokeWhat, words.lists.revokeWhatHow)
  if (key !== undefined && wholly === above.length > 0)
    throw new Failure('nothing_to_revoke', words.lists.revokeKeyWhat(key), words.lists.revokeKeyWhatHow)
}

type Why = Pick<RevokeOptions, 'reason'>
const whyOf = (context: Context, { reason }: Why) => ({
  reason,
  date: dayAt(context, context.io.now()),
})

/** Says what a revocation hits, and asks; a dry run ends there. @returns true to go on */
async function agree(
  context: Context,
  { dryRun = false }: RevokeOptions,
  draft: RevocationDraft,
  fact: string,
  data: object,
): Promise<boolean> {
  // What can't be signed is not asked about.
  encodeRevocationDraft(draft)
  if (!dryRun) await confirm(context, fact)
  else context.report({ dryRun, ...data }, `${fact}\n${context.words.lists.dryRun}`)
  return !dryRun
}

async function revokeRun(
  context: Context,
  next: NextList,
  run: string,
  options: RevokeOptions,
): Promise<void> {
  const { words } = context
  const { facility, product, first, last } = findRun(context, run)
  const why = whyOf(context, options)
  const given = { facility, product, serials: [{ first, last }] }
  const effect = effectOnSerials(next.draft, reservationsOf(context), given, given.serials)
  const fact = words.lists.revokesRun({ run, first, last, ...effect })
  const asked = addSerials(next.draft, { ...given, ...why })
  if (!(await agree(context, options, asked, fact, { run, first, last, ...effect }))) return
  // The key is opened first: a run that is void is to be revoked too.
  const signer = await signerOf(context, next.config, next.config.revocation!)
  await withLedger(context, next.config, (ledger) => ledger.void(run, why))
  await signList(context, next, asked, { signer })
  context.report({ revoked: run, ...effect }, words.revoked(run))
}

async function revokeSerials(context: Context, next: NextList, options: RevokeOptions): Promise<void> {
  const { words } = context
  const { product, serials } = options
  const facility = facilityOf(context, next.trustList, product!, options.facility)
  const given = { facility, product: product!, serials: parseSerials(context, serials!) }
  const draft = addSerials(next.draft, { ...given, ...whyOf(context, options) })
  const effect = effectOnSerials(next.draft, reservationsOf(context), given, given.serials)
  const told = { facility, product: product!, ...effect }
  const fact = words.lists.revokesSerials(told)
  if (!(await agree(context, options, draft, fact, told))) return
  await signList(context, next, draft)
  context.report({ revoked: serials, ...effect }, words.lists.revokedSerials(serials!, facility, product!))
}

async function revokeIssuer(
  context: Context,
  next: NextList,
  name: string,
  options: RevokeOptions,
): Promise<void> {
  const { words } = context
  const issuer = issuerNamed(context, next, name)
  const above = options.above.map((text) => {
    const { issuers: _, ...mark } = parseMark(context, next.trustList, text, [issuer])
    return mark
  })
  const { publicKey, keyId } = issuer
  // A key that is revoked keeps its reason and date; more of it may be revoked.
  const known = next.draft.revokedKeys.find(({ key }) => equalBytes(key, sha256(publicKey)))
  const { reason, date } = known ?? whyOf(context, options)
  const draft = revokeKey(next.draft, { publicKey, reason, date, above })
  const issued = effectOnKey(next.draft, reservationsOf(context), publicKey, above)
  const told = { name: printable(issuer.name), keyId, publicKey: toHex(publicKey) }
  const fact = [words.lists.revokesKey({ ...told, issued }), ...above.map(words.spared)].join('\n')
  if (!(await agree(context, options, draft, fact, { ...told, issued, above }))) return
  await signList(context, next, draft)
  context.report(
    { revokedKey: { ...told, reason, date, wholly: above.length === 0, above } },
    [words.revokedKey(told), ...above.map(words.spared), `${words.next}: ${words.revokedKeyHow}`].join('\n'),
  )
}
