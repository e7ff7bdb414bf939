import { hasValidCheckDigit } from '../../codec/check-digit.ts'
import { gtinOf } from '../../gs1/keys.ts'
import { type Linkset, linksetOf } from '../../gs1/linkset.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import { pageOf, placeOf } from '../site/place.ts'
import { jsonAnswer, refusal } from './answers.ts'

/**
 * A resolver of GS1 for the products of a trust list (GS1-Conformant Resolver standard): what is at
 * `/01/<GTIN>`, with a lot and a serial behind it or without.
 */

export interface ResolverOptions {
  readonly trustList: () => TrustList
  /** True where the site itself is shown here. */
  readonly hasSite: boolean
}

/** `page` where the site's own page is the answer. */
export type Resolved = Response | { readonly page: true; readonly headers: Record<string, string> }

const METHODS = 'GET, HEAD, OPTIONS'
const CORS = {
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'Link, Location',
} as const
const ALLOWED = {
  Allow: METHODS,
  'Access-Control-Allow-Methods': METHODS,
  'Access-Control-Allow-Headers': 'Accept, Accept-Language',
  'Access-Control-Max-Age': '86400',
} as const
const LINKSET = 'application/linkset+json'
const VOCABULARY = 'https://ref.gs1.org/voc/'

/** What stands at the end of a link's path, or undefined for a path that is no link. */
export function resolve(
  request: Pick<Request, 'url' | 'method' | 'headers'>,
  options: ResolverOptions,
): Resolved | undefined {
  const url = new URL(request.url)
  if (/^\/\.well-known\/gs1resolver\/?$/.test(url.pathname))
    return onlyReads(request, () => describeResolver(options))
  const steps = linkSteps(url.pathname)
  return steps && onlyReads(request, () => answer(url, steps, request.headers, options))
}

function onlyReads({ method }: Pick<Request, 'method'>, read: () => Resolved): Resolved {
  if (method === 'OPTIONS') return new Response(null, { status: 204, headers: { ...CORS, ...ALLOWED } })
  if (method === 'GET') return read()
  if (method === 'HEAD') return withoutBody(read())
  return refusal(405, 'method', {}, { ...CORS, ...ALLOWED })
}

const withoutBody = (resolved: Resolved): Resolved =>
  resolved instanceof Response ? new Response(null, resolved) : resolved

/** The steps from the key on: at the end of a path, as a prefix may stand before them. */
function linkSteps(path: string): string[] | undefined {
  const steps = path.replace(/\/$/, '').split('/').slice(1)
  const at = steps.indexOf('01')
  return at < 0 ? undefined : steps.slice(at)
}

function answer(url: URL, steps: readonly string[], headers: Headers, options: ResolverOptions): Resolved {
  const gtin = gtinOfSteps(steps)
  if (gtin === undefined) return refusal(400, 'bad_link', {}, CORS)
  const trustList = options.trustList()
  const root = rootOf(trustList)
  if (root === undefined) return refusal(404, 'no_prefix', {}, CORS)
  const product = trustList.catalogue.products.find((each) => gtinOf(each) === gtin)
  if (product === undefined) return refusal(404, 'unknown_gtin', {}, CORS)
  const linkset = linksetOf(trustList, product.id)
  // Two strokes at its beginning would be another host.
  const own = url.pathname.replace(/^\/+/, '/')
  const link = { Link: `<${own}?linkType=linkset>; rel="linkset"; type="${LINKSET}"` }
  const type = url.searchParams.get('linkType')
  if (asksForLinkset(type, headers)) return linksetAnswer(linkset, link)
  const target = targetOf(linkset, type)
  if (target === undefined) return refusal(404, 'no_such_link', {}, { ...CORS, ...link })
  return leadTo(target, url, { ...CORS, ...link }, { root, hasSite: options.hasSite })
}

/** To the address with the query that came; where that is this very page, or the link is a stamp, to no other. */
function leadTo(
  target: string,
  url: URL,
  headers: Record<string, string>,
  { root, hasSite }: { readonly root: string; readonly hasSite: boolean },
): Resolved {
  const to = new URL(target)
  const isOurs = to.origin === new URL(root).origin
  const isHere = isOurs && to.pathname === url.pathname.replace(/\/$/, '')
  if (hasSite && isOurs && (isHere || url.searchParams.has('v'))) return { page: true, headers }
  if (isHere && to.host === url.host) return refusal(404, 'no_page_here', {}, headers)
  const query = new URLSearchParams(url.search)
  query.delete('linkType')
  const passed = new URLSearchParams([...to.searchParams, ...query]).toString()
  const location = `${hasSite && isOurs ? '' : to.origin}${to.pathname}${passed === '' ? '' : `?${passed}`}`
  return new Response(null, { status: 307, headers: { ...headers, Location: location } })
}

function asksForLinkset(type: string | null, headers: Headers): boolean {
  if (type !== null) return type === 'linkset' || type === 'all'
  return (headers.get('accept') ?? '').split(',').some((each) => {
    const [media, ...rest] = each.split(';').map((part) => part.trim().toLowerCase())
    return media === LINKSET && !rest.some((part) => /^q=0(\.0*)?$/.test(part))
  })
}

const linksetAnswer = (linkset: Linkset, link: Record<string, string>): Response =>
  jsonAnswer(200, linkset, {
    ...CORS,
    ...link,
    'Content-Type': LINKSET,
    'Cache-Control': 'no-cache',
    Vary: 'Accept',
  })

/** The address of a link type, written whole or as `gs1:traceability`; of the default link without one. */
function targetOf({ linkset: [entry] }: Linkset, type: string | null): string | undefined {
  const relation = (type ?? 'gs1:defaultLink').replace(/^gs1:/, VOCABULARY)
  const links = Object.hasOwn(entry!, relation) && relation.startsWith('https:')
  return links ? entry![relation as `https://${string}`]![0]!.href : undefined
}

/** Where the site lies: `https://tem.example/`. */
const rootOf = ({ prefixes: [prefix] }: TrustList): string | undefined => prefix && pageOf(placeOf(prefix))

const LETTERS = /^[!"%&'()*+,\-./0-9:;<=>?A-Z_a-z]{1,20}$/
/** What may follow a GTIN, in this order. */
const QUALIFIERS = ['22', '10', '21']

/** The GTIN in 14 digits of steps that are a link, or undefined. */
function gtinOfSteps([, key = '', ...rest]: readonly string[]): string | undefined {
  if (!/^(\d{8}|\d{12,14})$/.test(key) || !hasValidCheckDigit(key.padStart(14, '0'))) return undefined
  let at = 0
  for (let i = 0; i < rest.length; i += 2) {
    const place = QUALIFIERS.indexOf(rest[i]!, at)
    const value = decoded(rest[i + 1] ?? '')
    if (place < 0 || value === undefined || !LETTERS.test(value)) return undefined
    at = place + 1
  }
  return key.padStart(14, '0')
}

function decoded(text: string): string | undefined {
  try {
    return decodeURIComponent(text)
  } catch {
    return undefined
  }
}

/** The resolver's description, at a place of the standard's own. */
function describeResolver({ trustList }: ResolverOptions): Response {
  const root = rootOf(trustList())
  if (root === undefined) return refusal(404, 'no_prefix', {}, CORS)
  return jsonAnswer(
    200,
    {
      name: trustList().authority,
      resolverRoot: root,
      supportedPrimaryKeys: ['01'],
      supportedLinkType: [{ namespace: VOCABULARY, prefix: 'gs1:' }],
      linkTypeDefaultCanBeLinkset: false,
    },
    { ...CORS, 'Cache-Control': 'no-cache' },
  )
}
