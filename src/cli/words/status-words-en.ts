interface Product {
  readonly facility: number
  readonly product: number
}

/** As in: the list ends today, in 7 days. */
export const inDaysEn = (days: number): string => (days <= 1 ? 'within a day' : `in ${days} days`)

/** What people read about how a project stands, in English. */
export const statusEn = {
  authority: (id: string) => `Authority ${id}`,
  list: (kind: 'trust' | 'revocation', sequence: number, until: string, days: number) =>
    `${kind === 'trust' ? 'Trust list' : 'Revocation list'} ${sequence}, good until ${until}${
      days > 0 ? ` (${days === 1 ? '1 day' : `${days} days`} left)` : ': it has ended'
    }`,
  runs: (all: number, unfinished: number, isVoid: number) =>
    `Runs: ${all}${unfinished > 0 ? `, ${unfinished} unfinished` : ''}${isVoid > 0 ? `, ${isVoid} void` : ''}`,
  stamps: (released: number, held: number) => `Stamps: ${released} released, ${held} not released`,
  behind: ({ facility, product }: Product, reached: number, mark: number | undefined) =>
    `Product ${product} of facility ${facility}: runs go to serial ${reached}, and ${
      mark === undefined ? 'no list lets them out' : `the newest list lets them out up to ${mark}`
    }`,
  scanners: (count: number) => `Scanners: ${count}`,
  allWell: 'Nothing to do.',
  toDo: 'To do:',
  now: 'now',
  soon: 'soon',
  noList: (how: string) => `sign the first list: ${how}`,
  draft: (file: string, who: string) => `${file} waits for signatures (${who})`,
  draftBad: (file: string, why: string) =>
    `${file} is not a draft that you can sign (${why}): remove it, then veristamp trust build`,
  signHow: (file: string) => `veristamp trust sign ${file}`,
  carryHow: (file: string) =>
    `carry it to one of them (there: veristamp trust sign ${file} --pins pins.json), and put the copies together here: veristamp trust merge COPIES`,
  mergeHow: (file: string) => `veristamp trust merge ${file}`,
  unfinished: (run: string) => `run ${run} is unfinished: veristamp issue --resume ${run}`,
  voided: (run: string) =>
    `run ${run} is void, and no list has revoked it yet, so kiosks call its stamps valid: veristamp list`,
  voidedElsewhere: (run: string) =>
    `run ${run} is void, and no list here has revoked it yet, so kiosks call its stamps valid: bring it to the authority (there: veristamp runs import FOLDER, then veristamp list), and the new list here (veristamp lists import FILES)`,
  draftWaitsHow: (file: string) => `${file} is that list, and waits for signatures`,
  restoredHow: 'Once the newest ones are here, or if there are none: veristamp list',
  newListHow: 'bring the newest list of the authority here: veristamp lists import FILES',
  held: (run: string) => `run ${run} has stamps that nobody got yet: veristamp release ${run} --to WHOM`,
  raise: (count: number) =>
    `${count} watermark${count === 1 ? ' is' : 's are'} behind the runs: veristamp list`,
  raiseElsewhere: (count: number) =>
    `${count} watermark${count === 1 ? ' is' : 's are'} behind the runs: bring them to the authority (there: veristamp runs import FOLDER), and its new list here`,
  revocationEnds: (sequence: number, date: string, days: number, how: string) =>
    `revocation list ${sequence} ends ${inDaysEn(days)}, on ${date}: before that day kiosks need a newer one (${how})`,
  outlives: (revocation: string, trust: string) =>
    `the revocation list is good until ${revocation}, but the trust list ends on ${trust}: kiosks need a newer one before that day (veristamp trust build)`,
}
