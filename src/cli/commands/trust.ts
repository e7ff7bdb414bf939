import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { decodeEnvelope } from '../../document/envelope.ts'
import { MAX_PLACE_LENGTH } from '../../document/place.ts'
import { signDocument } from '../../document/sign.ts'
import { toHex } from '../../lib/bytes.ts'
import { checkText } from '../../lib/checks.ts'
import { describeTrustList } from '../../trust/describe.ts'
import { joinChain } from '../../trust/join-chain.ts'
import { fingerprintOf } from '../../trust/pins.ts'
import { reviseTrustList } from '../../trust/revise.ts'
import { draftTrustList } from '../../trust/sign.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import { CONFIG_FILE, type Config, checkKeyName, readConfig, writeConfig } from '../config.ts'
import { confirm } from '../confirm.ts'
import type { Context } from '../context.ts'
import { listFile, newestList, readGiven, replaceOwn, shown, writeList } from '../files.ts'
import { EXIT, type ExitCode, Failure } from '../io.ts'
import { isAtHand, publicKeyOf, signerOf } from '../keys.ts'
import { openTrustList, pinnedRoots } from '../lists.ts'
import { openOutput, rewriteDraft } from '../output.ts'
import { withLists } from '../project-lock.ts'
import { projectCatalogue } from './init.ts'

const DAY = 86_400_000
const days = (from: Date, count: number): Date => new Date(from.getTime() + count * DAY)

/** The next trust list: drafted from the project, signed by the root keys that are at hand. */
export const trustBuild = (context: Context): Promise<ExitCode> =>
  withLists(context, async (config) => {
    const before = newestList(context, 'trust') === undefined ? undefined : openTrustList(context, config)
    const draft = before
      ? reviseTrustList(before, contentOf(context, config, before))
      : firstDraft(context, config)
    return signAndPublish(context, config, draft, config.roots.keys, config.roots.threshold)
  })

function contentOf(context: Context, config: Config, before: TrustList | undefined) {
  const issued = context.io.now()
  const catalogue = projectCatalogue(context)
  const everything = catalogue.facilities.map(({ id }) => ({ facility: id }))
  const issuers = config.issuers.map(({ key, keyId, name, scope }) => {
    const publicKey = publicKeyOf(context, key)
    const known = before?.issuers.find((issuer) => Buffer.from(issuer.publicKey).equals(publicKey))
    const notBefore = known?.notBefore ?? issued
    const notAfter = days(notBefore, config.days.issuer)
    return { keyId, publicKey, name, scope: scope ?? everything, notBefore, notAfter }
  })
  const revocationKey = config.revocation === undefined ? undefined : publicKeyOf(context, config.revocation)
  const { prefixes } = config
  const expires = days(issued, config.days.trust)
  return { issued, expires, issuers, prefixes, catalogue, ...(revocationKey && { revocationKey }) }
}

const firstDraft = (context: Context, config: Config): Uint8Array =>
  draftTrustList({
    authority: config.authority,
    sequence: 1,
    roots: pinnedRoots(context, config),
    ...contentOf(context, config, undefined),
  })

/** Signs a draft with the keys that are at hand, and publishes it if these are enough. */
async function signAndPublish(
  context: Context,
  config: Config,
  draft: Uint8Array,
  names: readonly string[],
  threshold: number,
): Promise<ExitCode> {
  const { words } = context
  let document = draft
  for (const name of names.filter((name) => isAtHand(context, config, name))) {
    document = await signDocument(document, await signerOf(context, config, name))
  }
  const signed = decodeEnvelope(document).signatures.length
  const { sequence } = describe(document)
  if (signed >= threshold) {
    publish(context, config, document, sequence)
    return EXIT.valid
  }
  const file = join(context.folder, 'lists', `trust-${sequence}.draft.cbor`)
  const name = shown(context, file)
  if (existsSync(file)) await confirm(context, words.draftReplaced(name))
  replaceOwn(context, file, document)
  const next = `${words.next}: ${words.trustDraftHow(name)}`
  context.report({ draft: name, signed, threshold }, `${words.trustDraft(name, signed, threshold)}\n${next}`)
  return EXIT.indeterminate
}

function describe(document: Uint8Array): { sequence: number } {
  const described = describeTrustList(document)
  return described.ok ? described.lists.at(-1)! : { sequence: 0 }
}

/** Gives a signed list its name, with the rotations that lead to it before it. */
function publish(context: Context, config: Config, document: Uint8Array, sequence: number): void {
  const { words } = context
  const before = newestList(context, 'trust')
  const chain = before === undefined ? document : joinChain(new Uint8Array(readFileSync(before)), document)
  const file = listFile(context, 'trust', sequence)
  writeList(context, file, chain)
  // Read as a verifier reads it, and remembered as seen.
  openTrustList(context, config)
  const name = shown(context, file)
  const text = `${words.trustSigned(name, sequence)}\n${words.next}: ${words.issueHow}`
  context.report({ trustList: name, sequence }, text)
}

/** Adds a signature to a draft, and publishes it when it has enough. */
export const trustSign = (
  context: Context,
  given: string,
  { key }: { readonly key: string },
): Promise<ExitCode> => withLists(context, (config) => signDraft(context, config, given, key))

async function signDraft(context: Context, config: Config, given: string, key: string): Promise<ExitCode> {
  const { words } = context
  const signer = await signerOf(context, config, checkKeyName('key', key))
  const document = await signDocument(readGiven(context, given), signer)
  const described = describeTrustList(document, { roots: pinnedRoots(context, config) })
  if (!described.ok)
    throw new Failure('refused', words.refused(given, described.reason, described.detail ?? ''))
  const { sequence, roots, givenRoots } = described.lists.at(-1)!
  const [signed, threshold] = [roots.signed, roots.threshold]
  const isEnough = signed >= threshold && (givenRoots?.signed ?? 0) >= (givenRoots?.threshold ?? 0)
  if (isEnough) {
    publish(context, config, document, sequence)
    return EXIT.valid
  }
  rewriteDraft(context, given, document)
  context.report({ draft: given, signed, threshold }, words.trustDraft(given, signed, threshold))
  return EXIT.indeterminate
}

export interface RotateOptions {
  readonly keys: readonly string[]
  readonly threshold: number
}

/** Replaces the root keys: signed by the old and by the new ones, all of which must be at hand. */
export const trustRotate = (context: Context, options: RotateOptions): Promise<ExitCode> =>
  withLists(context, (config) => rotate(context, config, options))

async function rotate(
  context: Context,
  config: Config,
  { keys, threshold }: RotateOptions,
): Promise<ExitCode> {
  const before = openTrustList(context, config)
  const issued = context.io.now()
  const names = keys.map((name) => checkKeyName('keys', name))
  const roots = { threshold, keys: names.map((name) => publicKeyOf(context, name)) }
  let document = reviseTrustList(before, { issued, expires: days(issued, config.days.trust), roots })
  for (const name of [...config.roots.keys.slice(0, config.roots.threshold), ...names.slice(0, threshold)]) {
    document = await signDocument(document, await signerOf(context, config, name))
  }
  publish(context, config, document, before.sequence + 1)
  const changed = { ...config, roots: { version: config.roots.version + 1, threshold, keys: names } }
  replaceOwn(context, join(context.folder, CONFIG_FILE), writeConfig(changed))
  return EXIT.valid
}

export interface PinsOptions {
  readonly output?: string
  /** What the kiosk calls itself in scan logs. */
  readonly place: string
}

/** What a verifier is set up with, once, by hand: the authority and its root keys. */
export async function trustPins(context: Context, { output, place }: PinsOptions): Promise<ExitCode> {
  const config = readConfig(context)
  const { authority } = config
  const roots = pinnedRoots(context, config)
  const pins = {
    kind: 'veristamp-kiosk-setup',
    authority,
    place: checkText('place', place, MAX_PLACE_LENGTH),
    roots: { version: roots.version, threshold: roots.threshold, keys: roots.keys.map(toHex) },
  }
  if (output === undefined) context.report(pins, JSON.stringify(pins, null, 2))
  else {
    const file = openOutput(context, output)
    await file.write([Buffer.from(`${JSON.stringify(pins, null, 2)}\n`)])
    const fingerprint = fingerprintOf({ authority, roots })
    file.report(
      { pins: output, fingerprint },
      `${context.words.wrote(output)}\n${context.words.fingerprint(fingerprint)}`,
    )
  }
  return EXIT.valid
}

/** Says what a list says, in JSON: it is plain to read and nothing is left out. */
export function trustShow(context: Context, given: string | undefined): ExitCode {
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
