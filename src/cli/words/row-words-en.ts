/** What people read about rows for portals, in English. */
export const rowsEn = {
  exported: (count: number) => `${count} ${count === 1 ? 'row' : 'rows'}.`,
  noRegistry: 'registry/ is missing, so tax codes, brands, standards and the like stay empty',
  oneKind: '--epcis and --rows are two kinds of files',
  oneKindHow: 'give the command once for each',
}
