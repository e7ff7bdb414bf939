import { join } from 'node:path'
import { sha256 } from '../../ed25519/sha2.ts'
import { equalBytes, toHex } from '../../lib/bytes.ts'
import { checkInteger } from '../../lib/checks.ts'
import { dateOf } from '../../lib/dates.ts'
import { checkNoLink } from '../../node/files/own-path.ts'
import type { RevocationReason } from '../../revocation/body.ts'
import { addSerials, type RevocationDraft, revokeKey } from '../../revocation/draft.ts'
import { encodeRevocationDraft } from '../../revocation/sign.ts'
import { voidRun } from '../../run/ledger/void.ts'
import type { TrustedIssuer } from '../../trust/trust-list.ts'
import { checkClock } from '../lists/clock.ts'
import { beginList, checkRevocationKey, DAY, type NextList, signList } from '../lists/next-list.ts'
import { effectOnKey, effectOnSerials } from '../lists/revocation-effect.ts'
import { ownJournal, reservationsOf } from '../project/files.ts'
import { publicKeyOf, signerOf } from '../project/keys.ts'
import { facilityOf, parseMark } from '../project/products.ts'
import { withLists } from '../project/project-lock.ts'
import { confirmJournal } from '../runs/doubts.ts'
import { findRun } from '../runs/find-run.ts'
import { confirm } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'
import { printable } from '../words/printable.ts'

export interface RevokeOptions {
  readonly run?: string | undefined
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
  checkChoice(context, options)
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
    if (options.run !== undefined) await revokeRun(context, next, options.run, options)
    else if (options.key !== undefined) await revokeIssuer(context, next, options.key, options)
    else await revokeSerials(context, next, options)
    return EXIT.valid
  })
}

function checkChoice(
  { words }: Context,
  { run, key, product, serials, facility, wholly = false, above }: RevokeOptions,
): void {
  const ways = [run !== undefined, key !== undefined, product !== undefined || serials !== undefined]
  const isWhole = key === undefined ? !wholly && above.length === 0 : facility === undefined
  const isNamed = run !== undefined || key !== undefined || (product !== undefined && serials !== undefined)
  if (ways.filter(Boolean).length !== 1 || !isWhole || !isNamed)
    throw new Failure('nothing_to_revoke', words.revokeWhat, words.revokeWhatHow)
  if (key !== undefined && wholly === above.length > 0)
    throw new Failure('nothing_to_revoke', words.revokeKeyWhat(key), words.revokeKeyWhatHow)
}

type Why = Pick<RevokeOptions, 'reason'>
const whyOf = ({ io }: Context, { reason }: Why) => ({
  reason,
  date: dateOf(Math.floor(io.now().getTime() / DAY)),
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
  const draft = voidRun(ownJournal(context), run, next.draft, why)
  await signList(context, next, draft, { signer })
  context.report({ revoked: run, ...effect }, words.revoked(run))
}

async function revokeSerials(context: Context, next: NextList, options: RevokeOptions): Promise<void> {
  const { words } = context
  const { product, serials } = options
  const facility = facilityOf(context, next.trustList, product!, options.facility)
  const given = { facility, product: product!, serials: serialsOf(context, serials!) }
  const draft = addSerials(next.draft, { ...given, ...whyOf(context, options) })
  const effect = effectOnSerials(next.draft, reservationsOf(context), given, given.serials)
  const told = { facility, product: product!, ...effect }
  const fact = words.lists.revokesSerials(told)
  if (!(await agree(context, options, draft, fact, told))) return
  await signList(context, next, draft)
  context.report({ revoked: serials, ...effect }, words.revoked(serials!))
}

function serialsOf({ words }: Context, text: string): { first: number; last: number }[] {
  return text.split(',').map((part) => {
    const found = /^(\d{1,16})(?:-(\d{1,16}))?$/.exec(part.trim())
    if (found === null) throw new Failure('argument_range', words.badSerials(part), words.badSerialsHow)
    const first = checkInteger('serials', Number(found[1]), 0, Number.MAX_SAFE_INTEGER)
    return { first, last: checkInteger('serials', Number(found[2] ?? first), first, Number.MAX_SAFE_INTEGER) }
  })
}

async function revokeIssuer(
  context: Context,
  next: NextList,
  name: string,
  options: RevokeOptions,
): Promise<void> {
  const { words } = context
  const issuer = issuerOf(context, next, name)
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

/** @throws Failure `no_issuer` or `key_id_shared` */
function issuerOf(context: Context, { config, trustList }: NextList, name: string): TrustedIssuer {
  const { words } = context
  const isOwn = config.issuers.some(({ key }) => key === name)
  const found = isOwn
    ? trustList.issuers.filter((each) => equalBytes(each.publicKey, publicKeyOf(context, name)))
    : trustList.issuers.filter(({ keyId }) => String(keyId) === name)
  if (found.length === 0) throw new Failure('no_issuer', words.noIssuer(name), words.noScopeHow)
  if (found.length > 1) throw new Failure('key_id_shared', words.sharedKeyId(name), words.sharedKeyIdHow)
  return found[0]!
}
