import { join } from 'node:path'
import { linksetOf } from '../../gs1/linkset.ts'
import { encodePins } from '../../trust/pins.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import { pinnedRoots, trustListAtHand } from '../lists/lists.ts'
import { checkFolder, publishInto } from '../lists/publish-into.ts'
import type { Config } from '../project/config.ts'
import { writeSiteFile } from '../project/files.ts'
import { withLists } from '../project/project-lock.ts'
import { warn } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'
import { checkSite, isAdvice } from '../site/check.ts'
import { gatherPictures, type Pictures } from '../site/pictures.ts'
import { pageOf, placeOf, type SitePlace } from '../site/place.ts'
import { samplesFor } from '../site/samples.ts'
import { consumerPage, kioskPage, type PageSettings } from '../site/template.ts'
import { printable } from '../words/printable.ts'

export interface SiteOptions {
  readonly output?: string | undefined
  readonly check?: string | undefined
}

/** Writes the folder that an authority publishes, or asks a site that is published for all that it needs. */
export function siteCommand(context: Context, { output, check }: SiteOptions): Promise<ExitCode> {
  const { site } = context.words
  if (check !== undefined && output === undefined) return checkCommand(context, check)
  if (output === undefined || check !== undefined) throw new Failure('misuse', site.which, site.whichHow)
  return withLists(context, async (config) => makeSite(context, config, output))
}

async function makeSite(context: Context, config: Config, output: string): Promise<ExitCode> {
  const { words } = context
  const [prefix] = config.prefixes
  if (prefix === undefined) throw new Failure('no_prefix', words.site.noPrefix, words.site.noPrefixHow)
  const place = placeOf(prefix)
  const lists = join(output, place.path, 'lists')
  // In a project's own folder the site's lists would be the project's.
  for (const folder of [output, lists]) checkFolder(context, folder)
  if (!trustListAtHand(context, config).prefixes.includes(prefix))
    throw new Failure('prefix_unlisted', words.site.unlisted(prefix), words.site.unlistedHow)
  const { published, trustList } = publishInto(context, config, lists)
  const pictures = gatherPictures(context, trustList.catalogue.products)
  tellPictures(context, pictures)
  for (const other of config.prefixes.filter((each) => !isSame(placeOf(each), place)))
    warn(context, words.site.elsewhere(other))
  const pins = encodePins({ authority: config.authority, roots: pinnedRoots(context, config) })
  const settings = { place, prefix, pins: JSON.parse(pins) as object, report: config.report }
  for (const [name, content] of filesOf(settings, trustList, pictures))
    writeSiteFile(context.path(output), name, content)
  const page = pageOf(place)
  const { trustList: number } = published
  context.report(
    { folder: output, page, trustList: number, pictures: pictures.files.size - 1 },
    [
      words.site.done(output, page),
      '',
      words.site.server(prefix.endsWith('#'), join(output, 'samples')),
      words.site.next(page, output),
    ].join('\n'),
  )
  return EXIT.valid
}

/** In the order in which they are written: whoever visits meanwhile finds all that a page names. */
function* filesOf(
  settings: PageSettings,
  trustList: TrustList,
  pictures: Pictures,
): Generator<readonly [name: string, content: Uint8Array | string]> {
  const { place } = settings
  const page = consumerPage(settings)
  const inside = (name: string): string => `${place.path.slice(1)}${name}`
  for (const [name, bytes] of kioskPage()) yield [inside(`kiosk/${name}`), bytes]
  for (const [name, bytes] of pictures.files) yield [inside(name), bytes]
  for (const [name, text] of linksetsOf(trustList)) yield [inside(name), text]
  yield* samplesFor(place)
  for (const [name, bytes] of page) if (!LAST.includes(name)) yield [inside(name), bytes]
  yield ['404.html', page.get('index.html')!]
  for (const name of LAST) yield [inside(name), page.get(name)!]
}

const LAST = ['index.html', 'sw.js']

const isSame = (one: SitePlace, other: SitePlace): boolean =>
  one.origin === other.origin && one.path === other.path

function tellPictures(context: Context, { elsewhere, missing, unreadable }: Pictures): void {
  const { site } = context.words
  if (elsewhere.length > 0) warn(context, site.picturesElsewhere(elsewhere.length))
  for (const [product, file] of missing) warn(context, site.pictureMissing(product, printable(file)))
  for (const [product, file] of unreadable) warn(context, site.pictureUnreadable(product, printable(file)))
}

/** A linkset for each product that has a GTIN in the form in which GS1's resolvers answer. */
function linksetsOf(trustList: TrustList): [string, string][] {
  return trustList.catalogue.products.flatMap(({ id, gtin }) => {
    const key = gtin ?? (id > 65_535 ? String(id) : undefined)
    if (key === undefined) return []
    return [
      [`linksets/${key.padStart(14, '0')}.json`, `${JSON.stringify(linksetOf(trustList, id), null, 1)}\n`],
    ]
  })
}

async function checkCommand(context: Context, given: string): Promise<ExitCode> {
  const { words, io } = context
  const address = addressOf(given)
  if (address === undefined)
    throw new Failure('argument_range', words.site.badAddress(printable(given)), words.site.badAddressHow)
  const faults = await checkSite(address, fetch, io.now())
  const isWrong = faults.some((each) => !isAdvice(each))
  const lines = faults.map(
    (each) => `${isAdvice(each) ? '–' : '✗'} ${words.site.faults[each.fault](printable(each.at))}`,
  )
  context.report(
    { site: address, ok: !isWrong, faults },
    [...lines, isWrong ? words.site.wrong : words.site.right(address)].join('\n'),
  )
  return isWrong ? EXIT.invalid : EXIT.valid
}

/** The address of a page: it ends in `/`, so that all else is found beside it. */
function addressOf(given: string): string | undefined {
  if (!URL.canParse(given)) return undefined
  const { protocol, origin, pathname } = new URL(given)
  return /^https?:$/.test(protocol) ? `${origin}${pathname.replace(/\/?$/, '/')}` : undefined
}
