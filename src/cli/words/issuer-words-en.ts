interface Product {
  readonly facility: number
  readonly product: number
}

interface Stamps {
  readonly facility: number
  readonly product: number
  readonly first: number
  readonly last: number
  readonly count?: number | undefined
}

/** What people read about issuers and their keys, in English. */
export const issuersEn = {
  buildHow: 'veristamp trust build',
  listHow: 'see all issuers: veristamp issuer list',
  keyId: (keyId: number) => `key id ${keyId}`,
  accepted: (from: string, until: string) => `stamps are accepted from ${from} to ${until}`,
  issuedHere: (count: number) => `${count} stamps by runs of this project`,
  states: {
    active: 'signs',
    retired: 'retired: its stamps stay good, and it signs no new ones',
    revoked: 'revoked',
    ended: 'ended: its stamps are no longer accepted',
    early: 'does not sign yet',
    listed: 'in the trust list, but no longer in veristamp.json',
    unlisted: 'not in the trust list yet',
  },
  noEntry: (key: string) => `veristamp.json names no issuer with the key ${key}`,
  noEntryHow: (names: string) => `its issuers have the keys: ${names}`,
  isThere: (key: string) => `veristamp.json already has an issuer with the key ${key}`,
  isThereHow: (key: string) => `change what it may stamp: veristamp issuer scope ${key} FACILITY:PRODUCT`,
  isRetired: (key: string, date: string) => `the key ${key} was retired on ${date}`,
  retiredHow: (key: string) => `sign with another key: --key ${key}`,
  badScope: (text: string) => `${JSON.stringify(text)} is no part of a scope`,
  badScopeHow:
    'FACILITY, FACILITY:PRODUCT, or FACILITY:PRODUCT:FIRST-LAST, as in 12 or 12:104 or 12:104:1-5000',
  scopeListHow: 'see what each key may stamp: veristamp issuer list',
  wholeOnly: 'with --from, --scope takes no serials: the other key keeps what it signed, and gives the rest',
  wholeOnlyHow: 'name facilities or products only, as in --scope 12 or --scope 12:104',
  keyIdTaken: (keyId: number, one: string, other: string) =>
    `${one} and ${other} both have key id ${keyId}, so their runs would have the same names`,
  keyIdTakenHow: (key: string) => `leave out "keyId" of ${key} in veristamp.json: it gets a free one`,
  overlap: (old: string, young: string, shared: string) => `${old} and ${young} may both stamp ${shared}`,
  overlapHow: (old: string, young: string) =>
    `to put ${young} in the place of ${old}: take ${young} out of veristamp.json, then veristamp issuer rotate ${old} --to ${young}. To give ${young} a part: veristamp issuer add ${young} --name NAME --scope FACILITY:PRODUCT --from ${old}`,
  overlapRetiredHow: (retired: string, key: string) =>
    `${retired} is retired and keeps what it signed. Give ${key} the serials after that: veristamp issuer scope ${key} FACILITY:PRODUCT:FIRST-LAST …`,
  twice: (key: string, shared: string) => `the scope of ${key} says this twice: ${shared}`,
  twiceHow: (key: string) => `say it once: veristamp issuer scope ${key} FACILITY:PRODUCT`,
  gives: (old: string, young: string, reach: string) => `${old} gives to ${young}: ${reach}`,
  nothingToGive: (key: string) => `${key} has no serials left that it could give`,
  stamps: ({ facility, product, first, last, count }: Stamps) =>
    count === undefined
      ? `product ${product} of facility ${facility}: serials up to ${last}, by its watermark`
      : `product ${product} of facility ${facility}: ${count} stamp${count === 1 ? '' : 's'}, serials ${first} to ${last}`,
  atStake: {
    gone: (key: string) => `without the key ${key}, these stamps would become invalid:`,
    keyId: (key: string) => `with another key id for ${key}, these stamps would become invalid:`,
    scope: (key: string) => `${key} signed these stamps, and with this scope they would become invalid:`,
  },
  atStakeHow: {
    gone: (key: string) =>
      `put ${key} back under "issuers" in veristamp.json. A new key takes its place with: veristamp issuer rotate ${key}. If its stamps are to become invalid: veristamp revoke --key ${key} --wholly --reason REASON`,
    keyId: (key: string) => `give ${key} its old key id back in veristamp.json, or leave "keyId" out`,
    scope: (key: string) =>
      `leave ${key} what it signed. If those stamps are to become invalid: veristamp revoke --product ID --serials FIRST-LAST --reason REASON`,
  },
  rotates: (old: string, young: string) => `The key ${young} takes the place of ${old}:`,
  signsNow: (key: string, reach: string) => `- ${key} signs from now on: ${reach}`,
  keeps: (key: string, reach: string) => `- ${key} is retired, and keeps what it signed: ${reach}`,
  unused: (key: string) => `- ${key} signed nothing, so the list no longer names it`,
  rotatedHow: (key: string) =>
    `print with the new key, as in: veristamp issue --product ID --count N --key ${key}`,
  rotatedDraftHow: (old: string, young: string) =>
    `${old} signs nothing more, and ${young} signs as soon as the draft has all its signatures`,
  atLow: (at: number, highest: number) => `--at ${at} is too low: the key signed serials up to ${highest}`,
  atLowHow: 'give the last serial that the printer signed, of all its products',
  elsewhere: (key: string, products: number) =>
    `the private key ${key} is on another machine, and nothing here says what it signed of ${products} product${products === 1 ? '' : 's'}`,
  elsewhereHow: (key: string) =>
    `let the printer stop, bring its runs here (veristamp runs import FOLDER), then give the last serial that it printed: veristamp issuer rotate ${key} --to NAME --at SERIAL`,
  keyElsewhere: (key: string) =>
    `the private key ${key} is on another machine, so the new one belongs there too`,
  keyElsewhereHow: (old: string, young: string) =>
    `there: veristamp keygen ${young}. Bring keys/${young}.pub here, then: veristamp issuer rotate ${old} --to ${young}`,
  atZero: (count: number) =>
    `${count} watermark${count === 1 ? '' : 's'} begin at 0: raise one before stamps leave the printer`,
  open: (count: number) =>
    `nothing holds back the stamps of ${count} product${count === 1 ? '' : 's'}: every product is to begin at watermark 0, and the newest list has none for ${count === 1 ? 'it' : 'them'}`,
  noneMay: ({ facility, product }: Product) => `no key may stamp product ${product} of facility ${facility}`,
  noneMayHow: ({ facility, product }: Product) =>
    `the authority adds it to all that a key may stamp (veristamp issuer list shows that): veristamp issuer scope KEY … ${facility}:${product}`,
  mayNot: (key: string, { facility, product }: Product, others: string) =>
    `the key ${key} may not stamp product ${product} of facility ${facility}: ${others} may`,
  mayNotHow: (key: string) => `sign with that key, where it is: --key ${key}`,
  beginsAt: ({ facility, product }: Product, first: number) =>
    `this key’s serials of product ${product} of facility ${facility} begin at ${first}`,
  beginsAtHow: (first: number) => `leave out --first, or begin at ${first} or later`,
  endsAt: ({ facility, product }: Product, last: number, other: string) =>
    `this key’s serials of product ${product} of facility ${facility} end at ${last}: the later ones belong to the key ${other}`,
  oldFileHow:
    'veristamp.json here is older than the trust list: fetch it, and all keys/*.pub, from the authority, then sign with the new key',
  oldFile: (keys: string) =>
    `veristamp.json here is older than the trust list, which names ${keys}: fetch it, and all keys/*.pub, from the authority`,
  startsAtZero: (products: number, keys: number) =>
    `From now on ${products} product${products === 1 ? '' : 's'} of ${keys} key${keys === 1 ? '' : 's'} begin at 0. These private keys are on other machines: if a printer has printed stamps whose runs are not here, they become invalid until you raise their watermarks.`,
}
