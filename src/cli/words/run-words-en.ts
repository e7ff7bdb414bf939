import type { JournalFaultKind } from '../../run/ledger/survey.ts'

interface Product {
  readonly facility: number
  readonly product: number
}

interface Serials {
  readonly first: number
  readonly last: number
}

const FAULTS: Readonly<Record<JournalFaultKind, string>> = {
  stranger: 'does not belong in the journal: is it a record under another name?',
  link: 'is a link',
  not_plain: 'is not what its name says: a file, or a folder, in the place of the other, or a pipe',
  damaged: 'is damaged, or another’s record',
  no_record: 'is there without its record',
  missing: 'is missing',
  other_manifest: 'has a manifest of other serials than its record',
  unlisted:
    'is not in the database: was an old backup of the database restored? If so, veristamp fleet init takes it in again',
  other_record: 'is another record than the database has',
}

/** What people read about print runs, in English. */
export const runsEn = {
  fault: (file: string, kind: JournalFaultKind, serials?: Serials) =>
    `${file} ${FAULTS[kind]}${serials ? `; its manifest says serials ${serials.first} to ${serials.last}` : ''}`,
  journalEnds: ({ facility, product }: Product, last: number | undefined) =>
    last === undefined
      ? `the journal has no run of product ${product} of facility ${facility}`
      : `the journal’s runs of product ${product} of facility ${facility} end at serial ${last}`,
  lostRun: (run: string, first: number, last: number, file: string) =>
    `${file} knows of run ${run} with serials ${first} to ${last}, and the journal does not`,
  unknownMark: (file: string, serial: number) =>
    `${file} lets serials up to ${serial} be printed, and nothing here says who raised that`,
  restored: (backup: string, date: string) =>
    `this project was brought back on ${date} from a backup of ${backup}: what was printed between is not known here. First bring back the runs that others have, so that no two have one name: veristamp runs import FOLDER`,
  raisedForUs: (next: number) =>
    `If the authority raised it for you, and nothing of runs/ was lost, the run begins at serial ${next}.`,
  askFirst: (next: number) =>
    `Look at your labels: from which serial on was nothing printed? (${next} or higher; an empty line stops) `,
  /** Likely: a watermark alone speaks of serials from `next` on. */
  doubtHow: (next: number | undefined, isLikely = false) =>
    next === undefined
      ? 'bring runs/ back as it was before something was lost or renamed. If you can’t: choose serials that were never printed, with --first SERIAL --yes'
      : !isLikely
        ? `bring runs/ back as it was before something was lost or renamed. If you can’t: look at your labels, and choose serials that were never printed. Nothing here knows of ${next} and later ones: --first SERIAL --yes, with ${next} or higher`
        : `if the authority raised the watermark for you, and nothing of runs/ was lost: --first ${next} --yes. Otherwise bring runs/ back as it was, or choose serials that were never printed`,
  faultsListed: (count: number) => `${count} things in the journal need a look before the next run.`,
  resumeOrVoidHow: (run: string) =>
    `once that is mended, go on: veristamp issue --resume ${run}; or give the run up: veristamp runs void ${run}`,
  notWithResume: (options: string) => `you can’t change ${options}: a run goes on as it began`,
  notWithResumeHow: (run: string) => `leave it out; another layout of a finished run: veristamp sheet ${run}`,
  voids: (run: string, first: number, last: number) =>
    `Run ${run} will be void for good: it can’t go on, and the next list revokes its serials ${first} to ${last}.`,
  voided: (run: string, first: number, last: number) =>
    `Run ${run} is void. Serials ${first} to ${last} stay taken, and the next list revokes them.`,
  voidedAskHow: (facility: number, product: number, first: number, last: number) =>
    `ask the authority to revoke them: veristamp revoke --facility ${facility} --product ${product} --serials ${first}-${last} --reason other`,
  hiddenHow: (run: string) =>
    `print the hidden codes for the pass under the scratch layer: veristamp sheet ${run} --layer hidden`,
  firstStamp: (reason: string) => `the first stamp of this run would not be valid: ${reason}`,
  firstStampHow:
    'see that the .pem and .pub files in keys/ belong together, and that the newest trust list names this key: veristamp trust show',
  noGtin: (product: number) =>
    `a GS1 link needs a GTIN as the product’s id, and the id of this product is ${product}`,
  noGtinHow:
    'begin a project with veristamp init --ids gtin; here, a product with its GTIN as its id can be added to registry/products.csv, then: veristamp trust build',
  noAddress: (carrier: 'url' | 'gs1') => `the trust list has no address for --carrier ${carrier}`,
  noAddressHow: (carrier: 'url' | 'gs1') =>
    `add "prefixes": ["HTTPS://TEM.EXAMPLE/${carrier === 'url' ? '#' : ''}"] to veristamp.json, with your host, then: veristamp trust build`,
  farDay: (day: string) => `tills read years of two digits, and take ${day} for another century’s`,
  farDayHow: 'a day less than 49 years from today',
  noRoll: (stock: string) => `${stock} is not a roll, so it has no length`,
  noRollHow: 'say how many sheets a file should have: --sheets-per-file N',
  shortRoll: (metres: number) => `no label fits on a roll of ${metres} metres`,
  shortRollHow: 'a length in metres, as in --roll-length 50',
  lotInPath: (lot: string) =>
    `lot ${lot} has a / or a %, and some web servers answer such a link with an error: verifiers and tills read it all the same`,
}
