/** What people read about lists in slices, in English. */
export const slicesEn = {
  missing: (file: string, list: string) => `${file} is missing: it is a slice of ${list}`,
  wrong: (file: string, list: string) =>
    `${file} is not the slice that ${list} names: it was damaged or replaced`,
  bring: (name: string) =>
    `take ${name} from where the list was signed or published, and put it beside the list; in a project: veristamp lists import ${name}`,
  beside: (count: number) =>
    count === 1
      ? 'Its slice, a file slice-….cbor, lies beside it and goes wherever it goes.'
      : `Its ${count} slices, files slice-….cbor, lie beside it and go wherever it goes.`,
  put: (file: string) => `The slice is here: ${file}`,
  recut: 'veristamp list: the revocation list has to follow this trust list before the two can be published',
  hiddenHow: 'sign the revocation list again, then publish: veristamp list',
  total: (count: number, bytes: number) =>
    `${count} slice${count === 1 ? '' : 's'} of ${bytes} bytes together`,
  one: (first: number, last: number, bytes: number, file: string) =>
    `${first === last ? `key id ${first}` : `key ids ${first} to ${last}`}: ${bytes} bytes, ${file}`,
  changed: (count: number, fresh: number, bytes: number) =>
    `${count} slice${count === 1 ? '' : 's'}, ${fresh === 0 ? 'none of them new' : `${fresh} of them new: ${bytes} bytes`}`,
  chosen: (slices: boolean): string =>
    slices
      ? 'From now on lists stand in slices: veristamp.json says so.'
      : 'From now on lists stand whole: veristamp.json says so.',
  gone: 'no slices any more: the list stands whole in its file',
}
