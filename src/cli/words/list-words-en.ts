/** How many serials a revocation hits. */
export interface Effect {
  readonly issued: number
  readonly unissued: number
  readonly known: number
}

/** What people read about signing lists, in English. */
export const listsEn = {
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
    `ask the authority, which has the revocation key, for: ${command}; and for the new list`,
  clockBack: (now: string, newest: string) =>
    `The clock says ${now}, but the newest list here was issued on ${newest}: one of the two dates is wrong.`,
  clockAhead: (now: string, newest: string) =>
    `The clock says ${now}, more than a year after the newest list here, of ${newest}: is that right?`,
  notBeforeHow:
    'correct a wrong date with "notBefore": "YYYY-MM-DD" for that issuer in veristamp.json, then: veristamp trust build',
  revokesSerials: ({ facility, product, ...effect }: Effect & { facility: number; product: number }) =>
    `This revokes ${countsEn(effect)} of product ${product} of facility ${facility}, for good: no list can take it back.`,
  revokesRun: ({ run, first, last, ...effect }: Effect & { run: string; first: number; last: number }) =>
    `This revokes run ${run}, serials ${first} to ${last}: ${countsEn(effect)}, for good: no list can take it back.`,
  revokesKey: ({ name, keyId, publicKey, issued }: Key & { issued: number }) =>
    `This revokes key ${publicKey} of ${name}, key id ${keyId}, for good: ${serialsEn(issued, 'issued')} by the runs of this project, and all that the key has not signed yet.`,
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
