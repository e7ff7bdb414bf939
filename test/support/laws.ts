/**
 * How much of the long tests is run:
 *
 * - `whole`, by `npm run test:all` and in CI: everything.
 * - `usual`, by `npm test`: laws try a quarter of their cases and at least 100; of long lists, such as all bits of a
 *   stamp or all moments to be killed, every second to eighth is tried. Of the longest files a fifth runs: see long-files.ts.
 * - `quick`, by `npm run test:quick`: laws try a twentieth of their cases and at least 10, of long lists a fifth of the
 *   usual share.
 *
 * No share is always the same: fast-check draws other cases each time and prints the seed of those that fail, and
 * `share` begins elsewhere each time; what fails there is in the message. Laws that count what is rare name the least
 * number of cases in which they are sure to see some. VERISTAMP_LAWS chooses for a single run.
 */
const LAWS = process.env.VERISTAMP_LAWS ?? 'usual'
if (!['quick', 'usual', 'whole'].includes(LAWS))
  throw new Error(`VERISTAMP_LAWS is quick, usual or whole, not ${LAWS}`)

export const areWhole = LAWS === 'whole'

/**
 * @param least so many also in a share: for laws that wait for what is rare
 * @returns how many cases a law tries that tries `whole` in CI
 */
export function runs(whole: number, least?: number): number {
  if (areWhole) return whole
  const [part, few] = LAWS === 'quick' ? [20, 10] : [4, 100]
  return Math.min(whole, Math.max(least ?? few, Math.ceil(whole / part)))
}

/** @returns more than how many cases must have been of a kind, of a share some at all */
export const tally = (whole: number): number => (areWhole ? whole : 0)

/** @returns one of every `step` cases, from another first case each time; in CI all of them */
export function share<T>(cases: readonly T[], step: number): T[] {
  const by = areWhole ? 1 : Math.min(LAWS === 'quick' ? 5 * step : step, cases.length)
  const first = Math.floor(Math.random() * by)
  return cases.filter((_, index) => index % by === first)
}

/**
 * How many processes a test of sudden deaths kills. VERISTAMP_KILLS says so by hand.
 * @param usual in `npm test`
 */
export const kills = (whole: number, usual: number): number =>
  Number(process.env.VERISTAMP_KILLS ?? (areWhole ? whole : usual))
