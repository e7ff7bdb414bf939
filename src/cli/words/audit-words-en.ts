/** What a printed audit says, in English. */
export const auditEn = {
  title: (authority: string) => `Audit of all serials: ${authority}`,
  made: (time: string, version: string) => `Made on ${time} by veristamp ${version}.`,
  list: (kind: 'trust' | 'revocation', sequence: number, issued: string, until: string) =>
    `${kind === 'trust' ? 'Trust list' : 'Revocation list'} ${sequence}, issued on ${issued}, good until ${until}.`,
  digest: (digest: string) => `Its SHA-256: ${digest}`,
  noList: 'There is no revocation list yet.',
  states: {
    reserved: 'reserved',
    printed: 'printed',
    released: 'released',
    void: 'void',
    revoked: 'revoked',
  },
  meaning:
    'Reserved: taken by a run that is unfinished. Printed: of a finished run, and nobody got it yet. Released: somebody got it. Void: of a run that was given up. Revoked: no longer good, by the newest revocation list.',
  checks: 'What was checked',
  checksDone: (runs: number, good: number) =>
    `Each run’s codes against its signed manifest, and its key against the trust list: ${good} of ${runs} runs are in order.`,
  allGood: 'Everything fits together.',
  files: {
    good: 'in order',
    unfinished: 'unfinished',
    manifest: 'bad manifest',
    codes: 'other codes',
    unknown_key: 'unknown key',
  },
  totals: 'By product',
  ranges: 'Every range of serials',
  issuers: 'Keys of issuers',
  undoneReleases: 'Releases that were taken back',
  undone: (run: string, first: number, last: number, to: string, date: string, undone: string) =>
    `Run ${run}, serials ${first} to ${last}, to ${to} on ${date}: taken back on ${undone}.`,
  product: (id: number, name: string, facility: number) => `Product ${id}, ${name}, facility ${facility}`,
  all: 'All',
  columns: {
    product: 'Product',
    facility: 'Facility',
    name: 'Name',
    serials: 'Serials',
    count: 'Count',
    state: 'State',
    since: 'Since',
    run: 'Run',
    key: 'Key id',
    lot: 'Lot',
    made: 'Made on',
    to: 'To whom, or why',
    files: 'Files',
  },
  foot: (authority: string, time: string, page: number, pages: number) =>
    `${authority} · ${time} · page ${page} of ${pages}`,
}
