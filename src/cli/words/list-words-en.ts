/** How many serials a revocation hits. */
export interface Effect {
  readonly issued: number
  readonly unissued: number
  readonly known: number
}

/** What people read about signing lists, in English. */
export const listsEn = {
  revokedSerials: (serials: string, facility: number, product: number) =>
    `Revoked serials ${serials} of product ${product} of facility ${facility}.`,
  revokeKeyWhat: (name: string) => `how much of key ${name} do you want to revoke?`,
  revokeKeyWhatHow:
    '--wholly: every stamp that it ever signed; --above FACILITY:PRODUCT:SERIAL: all but serials up to this one',
  revokeWhat: 'name one thing to revoke',
  revokeWhatHow:
    '--run RUN, or --product ID --serials 5,10-20, or --lot, --made, --released-to, or --file TABLE, or --codes SCANS; or --key NAME with --wholly or --above FACILITY:PRODUCT:SERIAL',
  busy: (pid: string, host: string) => `process ${pid} on ${host} is working on this project’s lists`,
  busyHow: (file: string) =>
    `wait until it is done, or answer its question; remove ${file} only if you are sure that it has ended`,
  existsHow: 'signed lists are never replaced. Put back the lists that are missing, or move this file away',
  keyMismatch: (pub: string, pem: string) =>
    `${pub} is not the public key of ${pem}: one of the two was changed`,
  keyMismatchHow: (pub: string, hex: string) =>
    `put back the file that was changed, and find out who did it. For the private key that is there, ${pub} holds ${hex}`,
  elsewhereHow: 'this private key is on another machine: give the command there',
  askAuthority: (command: string) =>
    `the authority has the revocation key. Ask it to run: ${command}; and to send you the new list`,
  gathers: (run: string) =>
    `the list at hand lets these stamps out. Bring run ${run} to the authority, which takes it in: veristamp runs import FOLDER`,
  clockBack: (now: string, newest: string) =>
    `The clock says ${now}, but the newest list here was issued on ${newest}: one of the two dates is wrong.`,
  clockAhead: (now: string, newest: string) =>
    `The clock says ${now}, more than a year after the newest list here, of ${newest}: is that right?`,
  restored: (backup: string) =>
    `This project was brought back from a backup of ${backup}. If lists were signed after that day, bring them here first (veristamp lists import FILES): kiosks refuse two lists of one number.`,
  notBeforeHow:
    'correct a wrong date with "notBefore": "YYYY-MM-DD" for that issuer in veristamp.json, then: veristamp trust build',
  revokesSerials: ({ facility, product, ...effect }: Effect & { facility: number; product: number }) =>
    `This revokes ${countsEn(effect)} of product ${product} of facility ${facility}, for good: no list can take it back.`,
  revokesRun: ({ run, first, last, ...effect }: Effect & { run: string; first: number; last: number }) =>
    `This revokes run ${run}, serials ${first} to ${last}: ${countsEn(effect)}, for good: no list can take it back.`,
  revokesKey: ({ name, keyId, publicKey, issued }: Key & { issued: number }) =>
    `This revokes key ${publicKey} of ${name}, key id ${keyId}, for good: ${serialsEn(issued, 'issued')} by the runs of this project, and all that the key has not signed yet.`,
  signed: (file: string, sequence: number, expires: string) =>
    `Signed revocation list ${sequence}, good until ${expires}: ${file}`,
  nothingRecalled: 'no run or release of this project fits',
  nothingRecalledHow:
    'veristamp runs shows lots, veristamp audit days and who got what; bring the runs of printers here first: veristamp runs import FOLDER',
  recalled: (count: number, products: number) =>
    `Recalled ${count} serial${count === 1 ? '' : 's'} of ${products} product${products === 1 ? '' : 's'}.`,
  noneScanned: (file: string) => `${file} has no stamp of this authority`,
  noneScannedHow: 'scan the symbols of the stamps, a line each; veristamp verify --file says what a text is',
  strangers: (count: number) =>
    count === 1
      ? 'One text is not a stamp of this authority, and is left out.'
      : `${count} texts are not stamps of this authority, and are left out.`,
  dryRun: 'Only a dry run: nothing was signed.',
}

/** An issuer’s key, as people know it. */
export interface Key {
  readonly name: string
  readonly keyId: number
  readonly publicKey: string
}

const serialsEn = (count: number, kind: string): string => `${count} ${kind} serial${count === 1 ? '' : 's'}`

const countsEn = ({ issued, unissued, known }: Effect): string =>
  `${issued} issued and ${serialsEn(unissued, 'unissued')} (by the runs of this project${known > 0 ? `; ${known} more are revoked already` : ''})`
