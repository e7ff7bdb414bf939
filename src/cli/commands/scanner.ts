import { existsSync } from 'node:fs'
import { isDeepStrictEqual } from 'node:util'
import { toHex } from '../../lib/bytes.ts'
import { buildWith } from '../desk/next-issuers.ts'
import { checkReadable, fileKind } from '../input/file-kind.ts'
import { MAX_PICTURE, textsInPicture } from '../input/picture.ts'
import { trustListAtHand } from '../lists/lists.ts'
import { type Config, readConfig } from '../project/config.ts'
import { newestList, readGiven } from '../project/files.ts'
import type { ScannerConfig } from '../project/key-config.ts'
import { withLists } from '../project/project-lock.ts'
import { stateOf } from '../project/real-path.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'
import { printable } from '../words/printable.ts'

export interface AddScannerOptions {
  readonly place?: string | undefined
  /** `+20.9517+107.0748`. */
  readonly position?: string | undefined
}

/** A text that names a device: maybe its place, then its key. */
const NAMED = /^([^\r\n]*?)[\s·:,;]*\b([0-9a-f]{64})\s*$/i

/** Names devices whose scans count: by the text that each shows, a picture of its code, or a file that holds either. */
export const addScannerCommand = (
  context: Context,
  given: readonly string[],
  { place, position }: AddScannerOptions,
): Promise<ExitCode> =>
  withLists(context, async (config) => {
    const { words } = context
    const read = await Promise.all(given.map(async (name) => ({ name, texts: await textsOf(context, name) })))
    if ((place ?? position) !== undefined && read.flatMap(({ texts }) => texts).length > 1)
      throw new Failure('argument_range', words.scanners.onePlace, words.scanners.onePlaceHow)
    const found = read.flatMap(({ name, texts }) =>
      texts.map((text) => ({ name, scanner: scannerIn(text, place, position) })),
    )
    const bad = found.filter(({ scanner }) => scanner === undefined).map(({ name }) => printable(name))
    const added = found.flatMap(({ scanner }) => scanner ?? [])
    if (added.length === 0) throw noneNamed(context, bad)
    const known = scannersOf(context, config)
    const isNew = (each: ScannerConfig): boolean => !known.some((old) => isDeepStrictEqual(old, each))
    const fresh = added.filter(isNew)
    const steps = [
      ...bad.map(words.scanners.leftOut),
      ...added.filter((each) => !isNew(each)).map((each) => words.scanners.named(printable(each.place))),
    ]
    if (fresh.length === 0) {
      context.report({ added: 0 }, steps.join('\n'))
      return EXIT.valid
    }
    const others = known.filter(({ key }) => !fresh.some((each) => each.key === key))
    for (const { place: name } of fresh) {
      steps.push(words.scanners.adds(printable(name)))
      for (const old of others.filter((each) => each.place === name))
        steps.push(words.scanners.other(printable(name), old.key.slice(0, 8)))
    }
    return buildWith(context, { ...config, scanners: [...others, ...fresh] }, steps)
  })

const noneNamed = ({ words: { scanners } }: Context, names: readonly string[]): Failure =>
  new Failure(
    'argument_range',
    names.length === 1 ? scanners.noKey : scanners.noneNamed(names.join(', ')),
    scanners.noKeyHow,
  )

/** What was given, or what the file says whose name was given. */
async function textsOf(context: Context, given: string): Promise<readonly string[]> {
  if (!stateOf(context.path(given))?.isFile()) return [given]
  const bytes = readGiven(context, given, MAX_PICTURE)
  const kind = fileKind(bytes)
  if (kind === undefined) return [new TextDecoder().decode(bytes)]
  checkReadable(context, given, kind)
  const named = (await textsInPicture(context, given, kind, bytes)).filter((text) => NAMED.test(text.trim()))
  // A picture may show other codes too, but not these alone.
  return named.length > 0 ? named : ['']
}

/** @returns undefined for a text that names no device */
function scannerIn(
  text: string,
  named: string | undefined,
  position: string | undefined,
): ScannerConfig | undefined {
  const found = NAMED.exec(text.trim())
  const place = named ?? found?.[1]?.trim()
  if (found === null || !place) return undefined
  return { place, key: found[2]!.toLowerCase(), ...(position !== undefined && { position }) }
}

/** Takes a device out of the next list: what it scans from then on no longer counts. */
export const removeScannerCommand = (context: Context, name: string): Promise<ExitCode> =>
  withLists(context, (config) => {
    const { words } = context
    const all = scannersOf(context, config)
    const found = all.filter(({ place, key }) => place === name || key === name.toLowerCase())
    if (found.length !== 1) {
      const places = all.map(({ place }) => printable(place)).join(', ')
      throw new Failure(
        'no_scanner',
        words.scanners.which(printable(name), found.length),
        words.scanners.whichHow(places),
      )
    }
    const left = all.filter((each) => each !== found[0])
    return buildWith(context, { ...config, scanners: left }, [
      words.scanners.removes(printable(found[0]!.place)),
    ])
  })

export function listScannersCommand(context: Context): ExitCode {
  const { words } = context
  const all = scannersOf(context, readConfig(context))
  if (all.length === 0) context.report({ scanners: 0 }, words.scanners.none)
  for (const { place, key, position } of all)
    context.report({ place, key, position }, [printable(place), key, position].filter(Boolean).join('  '))
  return EXIT.valid
}

/** Those of the project's file; or those of the newest list, where the file names none. */
function scannersOf(context: Context, config: Config): readonly ScannerConfig[] {
  if (config.scanners !== undefined) return config.scanners
  const file = newestList(context, 'trust')
  if (file === undefined || !existsSync(file)) return []
  return trustListAtHand(context, config).scanners.map(({ place, publicKey, position }) => ({
    place,
    key: toHex(publicKey),
    ...(position !== undefined && { position }),
  }))
}
