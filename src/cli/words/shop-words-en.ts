/** A part of a label's words. */
export type CutField = 'product' | 'facility' | 'stars' | 'lines' | 'logo'

const FIELDS: Readonly<Record<CutField, string>> = {
  product: 'the name of the product',
  facility: 'the name of the facility',
  stars: 'the stars',
  lines: 'lot and dates',
  logo: 'the logo',
}

/** What people read about labels and the print shop, in English. */
export const shopEn = {
  cut: (field: CutField, printed: string) =>
    printed === ''
      ? `labels have no room for ${FIELDS[field]}`
      : `labels have no room for the whole of ${FIELDS[field]}: they say “${printed}”`,
  cutHow: 'larger labels with --stock, smaller symbols with --dots, or a shorter name in the registry',
  noLogo: 'the template logo needs a logo',
  noLogoHow:
    'give a file with --logo, SVG or PNG, or name it in veristamp.json: "labels": { "logo": "logo.svg" }',
  badLogo: (file: string, why: string) => `${file} can’t be printed as a logo: ${why}`,
  badLogoHow: 'save it as an SVG of filled shapes, or as a black and white PNG',
  badUp: (up: string) => `${up} doesn’t say how many labels a plate has`,
  badUpHow: 'columns and rows, as in --up 4x6',
  notARoll: (stock: string) => `${stock} is no roll, and label printers print on rolls`,
  notARollHow: 'say which roll is in the printer: --stock roll-35x22x3, roll-50x30 or roll-60x40',
  badPage: (page: number, pages: number) => `there is no page ${page}: the run has ${pages}`,
  badPageHow: 'the number stands in the footer of each page',
  pageOrSerials: 'give one of --page, --roll and --serials',
  badRoll: (roll: number, rolls: number) =>
    rolls === 0 ? 'this run was not cut into rolls' : `there is no roll ${roll}: the run has ${rolls}`,
  badRollHow: 'rolls are numbered as their files are: sheets-2.pdf is roll 2',
  outside: (run: string, first: number, last: number) => `run ${run} has serials ${first} to ${last} alone`,
  reprints: (run: string, count: number, serials: string) =>
    `You print ${count} labels of run ${run} once more: ${serials}. Destroy the damaged ones: a stamp that is there twice is taken for a copy.`,
  reprinted: (run: string, serials: string) =>
    `Noted: labels ${serials} of run ${run} were printed once more.`,
  reprintRevoked: (serial: number) => `serial ${serial} is revoked: a label of it would be worthless`,
  reprintRevokedHow: 'print new stamps for damaged ones: veristamp replace RUN --serials …',
  symbolsWritten: (count: number, folder: string) => `Wrote ${count} symbols into ${folder}.`,
  symbolsNeedCsv: 'pictures of symbols go with --format table',
  notAPicture: (file: string) => `${file}: name a file that ends in .png, .svg or .pdf`,
  previewed: (file: string) => `Wrote ${file}. Its code is a sample, and no stamp.`,
  cover: {
    title: 'Cover sheet of a print run',
    run: 'Run',
    authority: 'Authority',
    product: 'Product',
    facility: 'Facility',
    serials: 'Serials',
    count: 'Labels',
    lot: 'Lot',
    made: 'Made',
    expires: 'Expires',
    hidden: 'Hidden codes',
    hiddenText: 'yes: keep that layer like money',
    reserved: 'Reserved',
    key: 'Signed by',
    codes: 'SHA-256 of the codes',
    sheets: 'SHA-256 of the sheets',
    files: 'Files',
    volume: (name: string, first: number, last: number) => `${name}: serials ${first} to ${last}`,
    more: (count: number) => `and ${count} more`,
    manifest: 'SHA-256 of the manifest',
    released: 'Released',
    releasedTo: (serials: string, to: string, date: string) => `${serials} to ${to}, ${date}`,
    notReleased: 'nobody yet',
    reprints: 'Printed once more',
    reprint: (serials: string, date: string) => `${serials}, ${date}`,
    none: 'none',
    checks: 'Checked: every signature of the run, and its codes against the signed manifest.',
    signatures: ['Printed by', 'Checked by', 'Handed over by', 'Received by'],
    signed: 'Name, date, signature',
  },
}
