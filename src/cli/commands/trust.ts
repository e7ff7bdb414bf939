import { join } from 'node:path'
import { signDocument } from '../../document/sign.ts'
import type { Bytes } from '../../lib/bytes.ts'
import { equalBytes } from '../../lib/bytes.ts'
import { dayOf } from '../../lib/dates.ts'
import type { Catalogue } from '../../trust/catalogue.ts'
import { describeTrustList } from '../../trust/describe.ts'
import { compareTrustLists } from '../../trust/difference.ts'
import { encodePins, fingerprintOf, type Pins } from '../../trust/pins.ts'
import { reviseTrustList } from '../../trust/revise.ts'
import { draftTrustList } from '../../trust/sign.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import { checkClock } from '../lists/clock.ts'
import { pinnedRoots, trustListAtHand } from '../lists/lists.ts'
import { publish, signAndPublish } from '../lists/publish.ts'
import { changeLines, tellChanges } from '../lists/trust-changes.ts'
import { CONFIG_FILE, type Config, checkKeyName, readConfig, writeConfig } from '../project/config.ts'
import { newestBytes, newestList, readGiven, replaceOwn } from '../project/files.ts'
import { freeKeyId, isHandyKeyId } from '../project/key-ids.ts'
import { checkNewKeys, publicKeyOf, signerOf } from '../project/keys.ts'
import { openOutput } from '../project/output.ts'
import { withLists } from '../project/project-lock.ts'
import { projectCatalogue } from '../project/registry.ts'
import { warn } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'
import { printable } from '../words/printable.ts'

const DAY = 86_400_000
const days = (from: Date, count: number): Date => new Date(from.getTime() + count * DAY)

/** The next trust list: drafted from the project, signed by the root keys that are at hand. */
export const trustBuildCommand = (
  context: Context,
  { font }: { readonly font?: string | undefined },
): Promise<ExitCode> =>
  withLists(context, async (config) => {
    const newest = newestBytes(context, 'trust')
    const before = newest && trustListAtHand(context, config)
    await checkClock(context, context.io.now())
    await checkNewKeys(context, config, newKeys(context, config, before))
    const catalogue = await projectCatalogue(context, before, font)
    const draft = before
      ? reviseTrustList(before, contentOf(context, config, catalogue, before))
      : firstDraft(context, config, catalogue)
    const told = newest ? await tellChanges(context, newest, draft) : { lines: [] }
    return signAndPublish(context, config, draft, told)
  })

/** Keys of issuers and of revocation lists that the list before does not name. */
function newKeys(context: Context, config: Config, before: TrustList | undefined): string[] {
  const known = [...(before?.issuers ?? []), ...(before?.revocationKey ? [before.revocationKey] : [])]
  const names = [...config.issuers.map(({ key }) => key), ...(config.revocation ? [config.revocation] : [])]
  const isKnown = (name: string) => {
    const own = publicKeyOf(context, name)
    return known.some(({ publicKey }) => equalBytes(publicKey, own))
  }
  return names.filter((name) => !isKnown(name))
}

function contentOf(context: Context, config: Config, catalogue: Catalogue, before: TrustList | undefined) {
  const issued = context.io.now()
  const everything = catalogue.facilities.map(({ id }) => ({ facility: id }))
  const taken = [...config.issuers, ...(before?.issuers ?? [])].flatMap(({ keyId }) => keyId ?? [])
  const issuers = config.issuers.map(({ key, keyId: given, name, scope, notBefore: wanted }) => {
    const publicKey = publicKeyOf(context, key)
    const known = before?.issuers.find((issuer) => Buffer.from(issuer.publicKey).equals(publicKey))
    const keyId = given ?? known?.keyId ?? freeKeyId(taken)
    if (known?.keyId !== keyId && !isHandyKeyId(keyId)) warn(context, context.words.awkwardKeyId(key, keyId))
    taken.push(keyId)
    const notBefore = wanted === undefined ? (known?.notBefore ?? issued) : startOf(wanted)
    if (notBefore > issued) warn(context, notYet(context, name, notBefore))
    const notAfter = days(notBefore, config.days.issuer)
    return { keyId, publicKey, name, scope: scope ?? everything, notBefore, notAfter }
  })
  const revocationKey = config.revocation === undefined ? undefined : publicKeyOf(context, config.revocation)
  const { prefixes } = config
  const expires = days(issued, config.days.trust)
  return { issued, expires, issuers, prefixes, catalogue, revocationKey }
}

const startOf = (date: string): Date => new Date(dayOf('notBefore', date) * DAY)

const notYet = ({ words }: Context, name: string, from: Date): string =>
  `${words.issuerNotYet(printable(name), from.toISOString().slice(0, 10))}; ${words.lists.notBeforeHow}`

const firstDraft = (context: Context, config: Config, catalogue: Catalogue): Bytes =>
  draftTrustList({
    authority: config.authority,
    sequence: 1,
    roots: pinnedRoots(context, config),
    ...contentOf(context, config, catalogue, undefined),
  })

export interface RotateOptions {
  readonly keys: readonly string[]
  readonly threshold: number
}

/** Replaces the root keys: signed by the old and by the new ones, all of which must be at hand. */
export const trustRotateCommand = (context: Context, options: RotateOptions): Promise<ExitCode> =>
  withLists(context, (config) => rotate(context, config, options))

async function rotate(
  context: Context,
  config: Config,
  { keys, threshold }: RotateOptions,
): Promise<ExitCode> {
  const before = trustListAtHand(context, config)
  const { words } = context
  const issued = context.io.now()
  await checkClock(context, issued)
  const names = keys.map((name) => checkKeyName('keys', name))
  const roots = { threshold, keys: names.map((name) => publicKeyOf(context, name)) }
  let document = reviseTrustList(before, { issued, expires: days(issued, config.days.trust), roots })
  for (const name of [...config.roots.keys.slice(0, config.roots.threshold), ...names.slice(0, threshold)]) {
    document = await signDocument(document, await signerOf(context, config, name))
  }
  const newest = newestBytes(context, 'trust')!
  const changes = compareTrustLists(newest, document)
  const told = { changes, lines: changeLines(context, changes) }
  publish(context, config, document, told, words.changes.carryOut)
  const changed = { ...config, roots: { version: config.roots.version + 1, threshold, keys: names } }
  replaceOwn(context, join(context.folder, CONFIG_FILE), writeConfig(changed))
  return EXIT.valid
}

export interface PinsOptions {
  readonly output?: string | undefined
  /** What the device calls itself in scan logs. */
  readonly place?: string | undefined
  /** Where the lists are published. */
  readonly lists?: string | undefined
}

/** What a verifier is set up with, once, by hand: the authority and its root keys. */
export async function trustPinsCommand(
  context: Context,
  { output, place, lists }: PinsOptions,
): Promise<ExitCode> {
  const config = readConfig(context)
  const pins: Pins = { authority: config.authority, roots: pinnedRoots(context, config), lists, place }
  const text = encodePins(pins)
  if (output === undefined) context.report(JSON.parse(text), text.trimEnd())
  else {
    const file = openOutput(context, output)
    await file.write([Buffer.from(text)])
    const fingerprint = fingerprintOf(pins)
    file.report(
      { pins: output, fingerprint },
      `${context.words.wrote(output)}\n${context.words.fingerprint(fingerprint)}`,
    )
  }
  return EXIT.valid
}

/** Says what a list says, in JSON: it is plain to read and nothing is left out. */
export function trustShowCommand(context: Context, given: string | undefined): ExitCode {
  const { words } = context
  const file = given ?? newestList(context, 'trust')
  if (file === undefined) throw new Failure('no_trust_list', words.noTrust, words.noTrustHow)
  const described = describeTrustList(readGiven(context, file), {
    roots: pinnedRoots(context, readConfig(context)),
  })
  context.report(described, JSON.stringify(described, null, 2))
  if (!described.ok) return EXIT.invalid
  return described.loads?.ok === false ? EXIT.invalid : EXIT.valid
}
