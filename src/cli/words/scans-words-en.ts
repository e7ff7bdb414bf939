const some = (count: number, thing: string): string => `${count} ${thing}${count === 1 ? '' : 's'}`

/** What people read about the logs of kiosks, in English. */
export const scansEn = {
  title: (authority: string) => `What scanners saw: ${authority}`,
  sum: (scans: number, codes: number, places: number, suspects: number) =>
    `${some(scans, 'scan')} of ${some(codes, 'stamp')} at ${some(places, 'place')}; ${suspects === 1 ? '1 stamp was' : `${suspects} stamps were`} perhaps copied.`,
  period: (from: string, to: string) => `From ${from} to ${to}.`,
  made: (time: string) => `Made on ${time} from logs that scanners of the trust list signed.`,
  row: (place: string, product: string, scans: number, codes: number, notValid: number, suspects: number) =>
    `${place}  ${product}  ${some(scans, 'scan')}  ${some(codes, 'stamp')}${notValid > 0 ? `  ${notValid} not valid` : ''}${suspects > 0 ? `  ${suspects} perhaps copied` : ''}`,
  suspect: (product: string, serial: number, why: string) =>
    `Perhaps copied: ${product}, serial ${serial}: ${why}`,
  travel: (from: string, to: string, kilometres: number, minutes: number) =>
    `seen at ${from}, and ${some(minutes, 'minute')} later at ${to}, ${kilometres} km away`,
  rate: (count: number, first: string, last: string) => `seen ${count} times from ${first} to ${last}`,
  byPlace: 'By place',
  byProduct: 'By product',
  copies: 'Stamps that were perhaps copied',
  noCopies: 'None.',
  all: 'Places and products',
  more: (count: number) => `and ${count} more`,
  columns: {
    place: 'Place',
    product: 'Product',
    serial: 'Serial',
    scans: 'Scans',
    codes: 'Stamps',
    notValid: 'Not valid',
    suspects: 'Perhaps copied',
    why: 'Why',
    last: 'Last seen',
  },
  caution:
    'A stamp in two places with too little time between, or scanned more often than one stamp is: each is a reason to look, and no proof. Nobody can tell from a log which of the two is the original, and a copy that no scanner sees leaves no trace. A scanner whose clock is wrong can make an honest stamp look copied.',
  none: 'The logs hold no scans of this time.',
  badSince: (text: string) => `${JSON.stringify(text)} is no day`,
  badSinceHow: 'as in --since 2026-03-01',
  refusedHow:
    'take those files again from their kiosks; veristamp scanner list names the devices whose scans count',
  refused: (count: number) => `${some(count, 'file')} could not be taken in`,
}
