import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sha256 } from '../../ed25519/sha2.ts'
import { toHex } from '../../lib/bytes.ts'
import { checkNoLink } from '../../node/files/own-path.ts'
import { coverPage } from '../../print/sheet/cover.ts'
import { volumesOf } from '../../run/volumes.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import { trustListAtHand } from '../lists/lists.ts'
import { readConfig } from '../project/config.ts'
import { dayAt } from '../project/desk-day.ts'
import { shown } from '../project/files.ts'
import { readFonts } from '../project/fonts.ts'
import { openOutput } from '../project/output.ts'
import { usableRun } from '../runs/find-run.ts'
import { spansText } from '../runs/part-of-run.ts'
import { releasesOf } from '../runs/releases.ts'
import { reprintsOf } from '../runs/reprints.ts'
import { type SoundRun, soundRun } from '../runs/sound-run.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode } from '../shell/io.ts'
import { printable } from '../words/printable.ts'

export interface CoverOptions {
  readonly output?: string | undefined
  readonly font?: string | undefined
}

/** So many files are named one by one. */
const MANY = 12

/** Writes the page that goes with a batch: what it is, whether it was checked, who got it, and room for signatures. */
export async function coverCommand(context: Context, id: string, options: CoverOptions): Promise<ExitCode> {
  const { words, language } = context
  const found = usableRun(context, id)
  const own = join(found.folder, 'cover.pdf')
  if (options.output === undefined) checkNoLink(context.folder, own)
  const file = options.output ?? shown(context, own)
  const output = openOutput(context, file)
  const trustList = trustListAtHand(context, readConfig(context))
  const run = await soundRun(context, found, trustList)
  const { cover } = words.shop
  const page = coverPage({
    title: cover.title,
    subtitle: id,
    facts: [...factsOf(context, trustList, run), ...filesOf(context, run), ...recordsOf(context, run)],
    note: cover.checks,
    signatures: cover.signatures,
    signed: cover.signed,
    fonts: readFonts(context, options.font),
    language,
    created: context.io.now(),
  })
  await output.write([page])
  output.report({ run: id, file }, words.wrote(file))
  return EXIT.valid
}

type Fact = readonly [name: string, ...lines: string[]]

/** In groups of eight, for people who compare it. */
const grouped = (hex: string): string => hex.match(/.{8}/g)!.join(' ')

function factsOf(context: Context, trustList: TrustList, { run }: SoundRun): Fact[] {
  const { cover } = context.words.shop
  const { facility, product, first, last, count, lot, made, expires, sealed, keyId, publicKey } = run
  const named = (id: number, name: string | undefined) =>
    name === undefined ? String(id) : `${name} (${id})`
  const issuer = trustList.issuers.find((each) => toHex(each.publicKey) === publicKey)
  const given = (name: string, value: string | undefined): Fact[] =>
    value === undefined ? [] : [[name, value]]
  return [
    [cover.authority, trustList.authority],
    [cover.product, named(product, trustList.product(product)?.name)],
    [cover.facility, named(facility, trustList.facility(facility)?.name)],
    [cover.serials, `${first}-${last}`],
    [cover.count, String(count)],
    ...given(cover.lot, lot),
    ...given(cover.made, made),
    ...given(cover.expires, expires),
    ...(sealed ? [[cover.hidden, cover.hiddenText] as const] : []),
    [cover.reserved, dayAt(context, run.reserved * 1000)],
    [cover.key, `${issuer?.name ?? ''} (${keyId})`, grouped(publicKey)],
  ]
}

/** What was signed for, and the digest of what says so. */
function filesOf({ words }: Context, { run, digest, manifest, sheets, signed }: SoundRun): Fact[] {
  const { cover } = words.shop
  const volumes = volumesOf(run)
  const told = volumes.slice(0, MANY).map(({ name, first, last }) => cover.volume(name, first, last))
  if (volumes.length > MANY) told.push(cover.more(volumes.length - MANY))
  return [
    ...(sheets === undefined ? [] : [[cover.files, ...told] as const]),
    [cover.codes, grouped(toHex(digest))],
    ...(signed.sheets === undefined ? [] : [[cover.sheets, grouped(toHex(signed.sheets))] as const]),
    [cover.manifest, grouped(toHex(sha256(new Uint8Array(readFileSync(manifest)))))],
  ]
}

function recordsOf(context: Context, { run }: SoundRun): Fact[] {
  const { cover } = context.words.shop
  const released = releasesOf(context)
    .filter((release) => release.run === run.id)
    .map((release) =>
      cover.releasedTo(spansText([release]), printable(release.to), dayAt(context, release.time)),
    )
  const reprints = reprintsOf(context, run.id).map((each) =>
    cover.reprint(spansText([each]), dayAt(context, each.time)),
  )
  const some = (lines: readonly string[], none: string): string[] =>
    lines.length === 0
      ? [none]
      : [...lines.slice(0, MANY), ...(lines.length > MANY ? [cover.more(lines.length - MANY)] : [])]
  return [
    [cover.released, ...some(released, cover.notReleased)],
    [cover.reprints, ...some(reprints, cover.none)],
  ]
}
