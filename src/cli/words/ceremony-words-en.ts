type Signature = 'good' | 'bad' | 'missing' | 'unsound'

const SIGNATURES: Readonly<Record<Signature, string>> = {
  good: 'signed',
  missing: 'has not signed',
  bad: 'its signature is bad: the list was changed, or the key is another',
  unsound: 'is not a key that verifiers accept',
}

/** What people read who look at trust lists and sign them together, in English. */
export const ceremonyEn = {
  head: (sequence: number, authority: string) => `Trust list ${sequence} of ${authority}:`,
  chain: (count: number) => `A chain of ${count} lists. The last one counts:`,
  digest: (hex: string) => `digest, read it to each other: ${hex}`,
  roots: (version: number, threshold: number, signed: number) =>
    `root keys, version ${version}: ${signed} of them signed, and ${threshold} must`,
  root: (name: string, signature: Signature) => `${name} ${SIGNATURES[signature]}`,
  issuer: (name: string, keyId: number, key: string, reach: string, from: string, until: string) =>
    `issuer ${name} (key id ${keyId}): key ${key}, for ${reach}, from ${from} to ${until}`,
  noRevocation: 'no revocation key: nothing can be revoked',
  counts: (facilities: number, products: number, scanners: number) =>
    `${facilities} facilities, ${products} products, ${scanners} scanners`,
  accepted: 'Verifiers accept it.',
  refused: (reason: string) => `Verifiers refuse it: ${reason}`,
  beforeNeedsPins: '--before goes with --pins',
  beforeNeedsPinsHow:
    'leave it out in a project, whose newest list is here; or name the pins that were carried here',
  badPins: (file: string, reason: string) => `${file} holds no pins: ${reason}`,
  badPinsHow: 'ask the authority for the file that veristamp trust pins wrote, and compare the fingerprint',
  noneAtHand: (file: string) => `no root key that ${file} waits for is here`,
  noneAtHandHow: 'give the command where the key is: keys/NAME.pem',
  fewKeys: (keys: number, threshold: number) =>
    `${threshold} of the new keys must sign, but there ${keys === 1 ? 'is only 1' : `are only ${keys}`}`,
  fewKeysHow: (keys: number) => `name more with --keys, or say how many must sign: --threshold ${keys}`,
  lowers: (threshold: number, before: number) =>
    `Until now ${before} root keys had to sign. From this list on ${
      threshold === 1
        ? '1 is enough: anyone with one of them can put anything into a trust list'
        : `${threshold} are enough`
    }.`,
  mergeFirst: (draft: string) =>
    `${draft} waits for signatures; with enough of them: veristamp trust merge COPIES`,
  /** As in: an, chi signed, 1 more of binh must. */
  signatures: (signed: string, missing: number, open: string) =>
    [
      signed === '' ? 'nobody signed yet' : `${signed} signed`,
      missing > 0 ? `${missing}${signed === '' ? '' : ' more'} of ${open} must` : 'enough',
    ].join(', '),
  oldKeys: (who: string) => `of the old keys: ${who}`,
  newKeys: (who: string) => `of the new keys: ${who}`,
  pins: (fingerprint: string) => `fingerprint of the pins, to compare with the paper: ${fingerprint}`,
  complete: (file: string) => `${file} has all its signatures.`,
  carryDraftBack: (file: string) => `carry ${file} back; there: veristamp trust merge ${file}`,
  carryKeys: (files: readonly string[]) =>
    `bring ${files.join(', ')} to the authority, into keys/ of its project. What is private stays here`,
  carryOn: (file: string) =>
    `carry ${file} to the next root key, or back; there: veristamp trust merge ${file}`,
}
