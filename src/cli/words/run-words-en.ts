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
  doubtHow:
    'bring runs/ back as it was before something was lost or renamed. If you can’t, or if the authority raised the watermark for you: choose serials that were never printed, with --first SERIAL --yes',
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
  noGtin: (product: number) => `a link of GS1 needs a GTIN, and product ${product} has a number of its own`,
  noGtinHow: 'give the product its GTIN as its number in the registry, then: veristamp trust build',
  farDay: (day: string) => `tills read years of two digits, and take ${day} for another century’s`,
  farDayHow: 'a day less than 49 years from today',
  lotInPath: (lot: string) =>
    `lot ${lot} has a / or a %, and some web servers answer such a link with an error: verifiers and tills read it all the same`,
}
