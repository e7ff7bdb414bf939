/** What people read about events for other systems, in English. */
export const epcisEn = {
  exported: (count: number) => `${count} ${count === 1 ? 'event' : 'events'}.`,
  needsEpcis: (options: string) => `${options}: only for events, but this writes stamps`,
  needsEpcisHow: 'add --epcis, or leave it out',
  noGtin: (product: number, name: string) =>
    `product ${product} (${name}) has no GTIN, and events name goods by their GTIN`,
  noGtinHow: 'give the product its GTIN in registry/products.csv, then: veristamp trust build',
  leftOut: (runs: number) => `${runs} ${runs === 1 ? 'run was' : 'runs were'} left out`,
  sharedGtin: (products: readonly string[]) =>
    `${products.join(' and ')} have one GTIN: one name would stand for two stamps`,
  sharedGtinHow: 'give each product its own GTIN in registry/products.csv, then: veristamp trust build',
  mendTable: 'mend that row, and give the same command again',
  badCell: (text: string, expected: string) => `${JSON.stringify(text)} is not right here: ${expected}`,
  unknownColumn: (file: string, column: string, like: string | undefined) =>
    `${file}: column ${JSON.stringify(column)} is not read${like === undefined ? '' : `; is it ${JSON.stringify(like)}?`}`,
  aProduct: 'the number or the GTIN of a product',
  aSerial: 'a whole number',
  aGln: 'a GLN, the 13 digits by which GS1 names a place or a company',
  notPrinted: (first: number, last: number) =>
    first === last
      ? `serial ${first} is of no finished run here`
      : `not all serials from ${first} to ${last} are of finished runs here`,
  aQuantity: 'a whole number of pieces, 1 or more',
  aLot: '1 to 20 letters, digits and signs of GS1’s set of 82',
  aTime: 'a day and a time, as 2026-11-29 08:00 or 2026-11-29T08:00:00+07:00',
  aUri: 'a URI, as urn:epcglobal:cbv:bt:8935000000014:ASN1099',
  anEvent: 'the id of an event, as ni:///sha-256;…',
  serialsOrPieces: 'give serial, or first and last, or quantity: one of the three',
  lotOfSerials: 'a lot goes with quantity alone: serials have theirs from their run',
  lastFirst: 'the last serial is below the first',
  noMistake: (event: string) => `no event here has the id ${event}`,
  noMistakeHow: 'give the same runs, --shipped files and settings that made the event',
  badAddress: (address: string) => `${address} is no address of a capture server`,
  badAddressHow:
    'give the part before /capture, as https://epcis.example/v2: without user, password, ? and #. Plain http to another machine needs --allow-http',
  badToken: (file: string) => `${file} holds no bearer token in its first line`,
  badTokenHow: 'a token has letters, digits and - . _ ~ + / = alone: put it there without anything else',
  badCertificate: (cert: string, key: string, why: string) =>
    `${cert} and ${key} are no certificate and its private key (${why})`,
  badCertificateHow: 'both are PEM files; the key may be encrypted',
  bothOrNone: 'a certificate needs its key, and a key its certificate',
  bothOrNoneHow: 'give both --client-cert and --client-key',
  busy: (pid: string, host: string) => `process ${pid} on ${host} is sending events of this project`,
  busyHow: (file: string) => `wait until it is done; remove ${file} only if you are sure that it has ended`,
  otherSettings: (before: string, now: string) =>
    `Events were sent to this server with ${before}, and now with ${now}: all of them get other ids, and are sent again.`,
  synced: (sent: number, known: number) =>
    `Sent ${sent} ${sent === 1 ? 'event' : 'events'}${known > 0 ? `; the server had ${known} already` : ''}.`,
  refused: (event: string, isDeclaration: boolean, why: string) =>
    `Refused: ${isDeclaration ? 'the declaration that this was a mistake: ' : ''}${event}${why && `: ${why}`}`,
  tooLarge: 'larger than the server allows; --max-epcs makes smaller events',
  refusedCount: (count: number) => `the server refused ${count} ${count === 1 ? 'event' : 'events'}`,
  refusedTooMany: (count: number) => `the server refused ${count} events; the rest was not sent`,
  refusedHow: 'ask those who run the server; the next sync sends them again',
}
