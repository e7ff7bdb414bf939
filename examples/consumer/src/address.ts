import { tidyScan } from 'veristamp/verify'
import type { Config } from './config.ts'
import { here } from './place.ts'

/** `veristamp serve` shows a site on one's own machine. */
const isLoopback = ({ hostname }: URL): boolean => /^(localhost|127\.0\.0\.1|\[::1\])$/.test(hostname)

/** True where this page lies at the address that is printed on stamps, or on the machine of whoever made it. */
export const isAtHome = ({ page }: Config): boolean => here().href === page || isLoopback(here())

/** What a history entry of this page holds: the stamp that its address brought, so that a reload answers again. */
interface Entry {
  readonly stamp?: string
}

/** The stamp that this entry was about. Who types the address anew wants the page without it, and gets that. */
function keptStamp(): string | undefined {
  const [visit] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[]
  if (isFirst && visit?.type === 'navigate') history.replaceState(null, '')
  return (history.state as Entry | null)?.stamp
}
let isFirst = true

/** An address of a product, without a serial: GS1's links to what is the same for all its stamps. */
const PRODUCT = /^01\/\d{14}\/?$/

/**
 * Takes the stamp off the address, so that whoever sees or copies the address later does not get the code.
 * @returns the text of the stamp in its one spelling, or what stood there in its place; undefined where nothing did
 */
export function takeStamp({ page }: Config): string | undefined {
  const { href, pathname, search, hash } = location
  const base = here()
  const rest = pathname.startsWith(base.pathname) ? pathname.slice(base.pathname.length) : pathname
  const said = rest + search + hash
  const kept = keptStamp()
  isFirst = false
  if (!/\d/.test(said) || PRODUCT.test(said)) return kept
  const stamp = tidyScan(isLoopback(base) ? page + said : href.replace(/^http:/, 'https:'))
  keepStamp(stamp)
  return stamp
}

/** Makes a stamp that the camera saw this entry's own. */
export const keepStamp = (stamp: string | undefined): void =>
  history.replaceState(stamp === undefined ? null : ({ stamp } satisfies Entry), '', here())
