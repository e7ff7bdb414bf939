import { explainReason } from '../../document/reason-messages.ts'
import type { DocumentReason } from '../../lib/document-reason.ts'
import { messagesEn } from '../../registry/messages-en.ts'
import { argumentWords } from './argument-words.ts'
import { backupEn } from './backup-words-en.ts'
import { ceremonyEn } from './ceremony-words-en.ts'
import { changesEn } from './change-words-en.ts'
import { commandsEn } from './command-words-en.ts'
import { deskEn } from './desk-words-en.ts'
import { epcisEn } from './epcis-words-en.ts'
import { errorsEn, errorsHowEn } from './error-words-en.ts'
import { fleetCommandsEn, fleetEn } from './fleet-words-en.ts'
import { givenEn } from './given-words-en.ts'
import { idsEn } from './id-words-en.ts'
import { issuersEn } from './issuer-words-en.ts'
import { listsEn } from './list-words-en.ts'
import { manEn } from './man-words-en.ts'
import { optionsEn } from './options-en.ts'
import { pinnedEn } from './pinned-words-en.ts'
import { projectEn } from './project-words-en.ts'
import { publishingEn } from './publish-words-en.ts'
import { recordsEn } from './record-words-en.ts'
import { rowsEn } from './row-words-en.ts'
import { runsEn } from './run-words-en.ts'
import { scannersEn } from './scanner-words-en.ts'
import { scansEn } from './scans-words-en.ts'
import { secretsEn } from './secret-words-en.ts'
import { shopEn } from './shop-words-en.ts'
import { siteEn } from './site-words-en.ts'
import { slicesEn } from './slice-words-en.ts'
import { inDaysEn, statusEn } from './status-words-en.ts'
import { systemEn, systemHowEn } from './system-words-en.ts'
import { verdictsEn } from './verdict-words-en.ts'

/** A watermark that a new list sets, and the one before it. */
interface Raised {
  readonly keyId: number | undefined
  readonly facility: number
  readonly product: number
  readonly from: number | undefined
  readonly to: number
}

/** English. */
export const en = {
  about: 'Anti-counterfeit stamps that prove themselves: keys, lists, print runs.',
  commands: { ...commandsEn, ...fleetCommandsEn },
  options: optionsEn,
  issuers: issuersEn,
  lists: listsEn,
  publishing: publishingEn,
  slices: slicesEn,
  site: siteEn,
  verdicts: verdictsEn,
  changes: changesEn,
  backup: backupEn,
  scanners: scannersEn,
  scans: scansEn,
  ceremony: ceremonyEn,
  pinned: pinnedEn,
  runs: runsEn,
  man: manEn,
  records: recordsEn,
  shop: shopEn,
  status: statusEn,
  epcis: epcisEn,
  desk: deskEn,
  help: {
    titles: {},
    options: '[options]',
    command: '[command]',
    byDefault: (value: string) => `${value} by default`,
  },
  // Commander's own words are English.
  misuse: {},
  didYouMean: 'Did you mean',
  next: 'Next',
  errors: errorsEn,
  errorsHow: errorsHowEn,
  arguments: argumentWords.en,
  error: 'Error',
  warning: 'Warning',
  goOn: 'Go on? [y/N] ',
  /** What counts as yes. */
  yes: ['y', 'yes'],
  declined: 'nothing was done',
  confirmHow: 'add --yes if you want it',
  wrote: (file: string) => `Wrote ${file}`,
  kept: (file: string) => `Kept ${file}, which was there`,
  initDone: (facilities: number, products: number) => `Registry: ${registryEn(facilities, products)}.`,
  faults: (count: number) => `${count} ${count === 1 ? 'fault' : 'faults'} in the registry.`,
  moreNotes: (count: number) => `and ${count} more`,
  registry: messagesEn,
  line: (file: string, line: number, column: string) =>
    `${file} line ${line}${column && `, column ${column}`}`,
  registryGood: (facilities: number, products: number) => `${registryEn(facilities, products)}, no fault.`,
  mend: 'mend the rows above, then give the same command again',
  passphrase: 'Passphrase: ',
  passphraseAgain: 'The same again: ',
  passphrasesDiffer: 'the two passphrases differ',
  passphraseMissing: 'a passphrase is needed',
  passphraseHow: 'give it with --passphrase-file FILE, in VERISTAMP_PASSPHRASE, or on a terminal',
  passphraseLong: 'a passphrase has 1 to 1024 characters',
  secrets: secretsEn,
  ...projectEn,
  noKey: (file: string) => `${file} is missing`,
  noKeyHow: (name: string) =>
    `make it: veristamp keygen ${name}; or copy the .pub file of a key that is elsewhere`,
  keygenHow: 'make the keys of this project: veristamp keygen',
  pubHow: (name: string) =>
    `get keys/${name}.pub from the authority: a new key of this name would be a different key`,
  awkwardKeyId: (key: string, keyId: number) =>
    `key id ${keyId} of ${key}: its codes may begin with a character that shells and spreadsheets misread; better use 1 to 7, or 14 and above`,
  noTrust: 'there is no trust list yet',
  noTrustHow: 'make one: veristamp trust build',
  refused: (file: string, reason: DocumentReason, detail: string) =>
    `${file} is not accepted: ${reason}${detail && ` (${detail})`}. ${explainReason(reason, 'en')}`,
  refusedHow: 'ask the authority for the right file; veristamp trust show FILE says what it claims',
  exists: (file: string) => `${file} is there already`,
  existsHow: 'another command may have made it meanwhile: look at it, then give the same command again',
  outputHow: 'choose another name with -o, or add --force to replace it',
  owned: (file: string, part: string) => `${file} leads to ${part}, which belongs to the project`,
  ownedHow: 'choose another file with -o; --force doesn’t help here',
  isInput: (file: string, input: string) => `${file} is ${input}, which this command reads`,
  sameOutput: (file: string) => `${file} is where this command writes something else`,
  notAFile: (file: string) => `${file} is not a file`,
  isFolderHow: 'name a file in it with -o',
  standardOutputHow: 'choose a file with -o, or -o - for standard output',
  draftHow: 'name a draft, as in lists/trust-2.draft.cbor',
  draftReplaced: (file: string) => `${file} is there already: replacing it loses its signatures`,
  initReplaces: (file: string) =>
    `${file} is there already: this starts over, and replaces veristamp.json and the files in registry/. For another project, use --dir FOLDER`,
  inUse: (file: string, used: string) => `${file} is in use: ${used} was made with its keys`,
  inUseHow:
    'edit the file, or the CSV files in registry/, then: veristamp trust build. Another project begins in an empty folder',
  badAuthority: (text: string) => `${JSON.stringify(text)} can’t be the id of an authority`,
  badAuthorityHow: (like: string) =>
    `1 to 64 of a-z, 0-9, . and -, beginning with a letter or digit, and never changed later: veristamp init ${like} …`,
  copied: (folder: string) => `Copied the registry to ${folder}/: edit it there`,
  isVoid: (run: string) => `run ${run} was declared void`,
  isVoidHow: 'print another run: veristamp issue; veristamp runs lists all runs',
  clockBehind: (now: string, issued: string) =>
    `the clock says ${now}, but the trust list was issued on ${issued}`,
  clockHow: 'set the clock',
  trustExpired: (date: string) => `the trust list expired on ${date}: no stamp is valid under it`,
  issuerNotYet: (name: string, date: string) => `the key of ${name} is accepted only from ${date} on`,
  issuerNotYetHow:
    'wait until then, or sign with another key: --key NAME. If that date is wrong, the authority corrects it with "notBefore" in veristamp.json, then: veristamp trust build',
  issuerExpired: (name: string, date: string) => `the key of ${name} was accepted until ${date}`,
  newKeyHow:
    'put a new key in its place: veristamp issuer rotate KEY, with the key’s name in veristamp.json; then issue with the new one',
  staleRevocation: (sequence: number, date: string, how: string) =>
    `revocation list ${sequence} ended on ${date}: no kiosk says valid until it has a newer one (${how})`,
  trustEnds: (date: string, days: number, how: string) =>
    `the trust list ends ${inDaysEn(days)}, on ${date}: before that day kiosks need a newer one (${how})`,
  issuerEnds: (name: string, date: string) =>
    `the key of ${name} is accepted until ${date}, and so are its stamps`,
  fewDots: (dots: number, fewest: number, isHidden: boolean) =>
    `${isHidden ? 'hidden codes have' : 'the symbols have'} ${dots} dots a module: fewer than ${fewest} read badly; larger labels (--stock), a finer printer (--dpi) or --level L give more`,
  jobExpired: (date: string) => `these stamps would have expired on ${date}`,
  jobExpiredHow: 'give a later day with --expires, or none',
  noPrefix: (prefix: string) =>
    `the trust list allows no addresses that begin with ${JSON.stringify(prefix)}`,
  noPrefixHow: 'name it under prefixes in veristamp.json, then: veristamp trust build',
  keyRevoked: (name: string, date: string, reason: string) =>
    `the key of ${name} was revoked on ${date} (${reason}), and these serials with it`,
  serialRevoked: (serial: number, date: string, reason: string) =>
    `serial ${serial} was revoked on ${date} (${reason})`,
  serialRevokedHow: 'print serials after it: --first SERIAL',
  keyExistsHow: 'key files are never replaced: move it away first',
  missingFile: (file: string) => `${file} can't be found`,
  system: systemEn,
  systemHow: systemHowEn,
  diskFull: 'the disk is full',
  diskFullHow: 'make room, and give the same command again; a run goes on with veristamp issue --resume RUN',
  keyMade: (file: string, publicKey: string) => `Made ${file}; public key ${publicKey}`,
  keysKept: 'Every key of this project is there.',
  trustSigned: (file: string, sequence: number) => `Signed trust list ${sequence}: ${file}`,
  trustDraft: (file: string, signed: number, threshold: number, who: string) =>
    `Draft ${file}: ${signed} of ${threshold} root signatures (${who})`,
  trustDraftHow: (file: string) =>
    `on each root key’s machine: veristamp trust sign ${file}; where there is no project, with --pins and --before`,
  issueHow: 'veristamp issue --product ID --count N',
  listHow: 'veristamp list',
  noProduct: (id: number) => `product ${id} is not in the trust list’s catalogue`,
  noProductHow: 'add it to the registry, then: veristamp trust build',
  noIssuer: (key: string) => `the trust list names no issuer with the key ${key}`,
  noIssuerHow:
    'veristamp issuer list shows the issuers. A new one is named with: veristamp issuer add KEY --name NAME --scope FACILITY:PRODUCT',
  runDone: (run: string, first: number, last: number) => `Run ${run}: serials ${first} to ${last}`,
  stopped: (run: string) => `Run ${run} stopped. Its serials stay its own.`,
  resumeHow: (run: string) => `go on: veristamp issue --resume ${run}`,
  noRun: (run: string) => `there is no run ${run}`,
  noRunHow: 'veristamp runs lists all runs',
  notFinished: (run: string) => `run ${run} is not finished`,
  runVerified: (run: string, count: number) => `Run ${run} is whole: ${count} codes, all signatures good.`,
  runFault: (run: string, reason: string, detail: string) =>
    `Run ${run} does not match its signed manifest: ${reason}${detail && ` (${detail})`}`,
  runFaultHow:
    'nothing was written. Put the run’s folder back from a backup; without one, print another run: veristamp issue',
  noRuns: 'No runs yet.',
  checked: (valid: number, invalid: number, open: number) =>
    `${valid} valid, ${invalid} invalid, ${open} indeterminate`,
  nothingToCheck: 'no code was given',
  nothingToCheckHow: 'give texts, --file FILE, or - for standard input',
  ...{ ids: idsEn, rows: rowsEn, fleet: fleetEn },
  ...givenEn,
  isFile: (file: string) => `${file} is a file, not a code`,
  isFolder: (folder: string) => `${folder} is a folder`,
  revoked: (count: string) => `Revoked ${count}.`,
  revokedKey: ({ name, keyId, publicKey }: { name: string; keyId: number; publicKey: string }) =>
    `Revoked key ${publicKey} of ${name}, key id ${keyId}, for good: no list can take it back. Its stamps are invalid.`,
  spared: ({ facility, product, serial }: { facility: number; product: number; serial: number }) =>
    `Still good: product ${product} of facility ${facility} up to serial ${serial}, no matter who signs.`,
  revokedKeyHow: 'put a new key in its place: veristamp issuer rotate KEY',
  sharedKeyId: (keyId: string) => `key id ${keyId} belongs to several issuers`,
  sharedKeyIdHow: 'give the name of the key in veristamp.json',
  badSerials: (text: string) => `--serials: ${JSON.stringify(text)} is neither a serial nor a range`,
  badSerialsHow: 'numbers and ranges with commas between them, as in 5,10-20',
  badMark: (text: string) => `${JSON.stringify(text)} is not FACILITY:PRODUCT:SERIAL`,
  badMarkHow: 'three numbers, as in 12:104:2000',
  badIdHow: 'leave out the zeros, or see the ids in registry/products.csv and registry/facilities.csv',
  wrongFacility: (product: number, own: number, given: number) =>
    `product ${product} is of facility ${own}, not of facility ${given}`,
  wrongFacilityHow: 'see registry/products.csv; with one product you may leave out the facility',
  caughtUp: (run: string, first: number, last: number) =>
    `Run ${run} is void, and no list has revoked it yet: this one revokes its serials ${first} to ${last}.`,
  watermark: ({ keyId, facility, product, from, to }: Raised) =>
    `Watermark of product ${product} of facility ${facility}${keyId === undefined ? '' : `, key id ${keyId}`}: ${
      from === to ? `${to} already` : `${from === undefined ? '' : `${from} → `}${to}`
    }`,
  noPinsPicture: (file: string) => `${file} is no name for the code`,
  noPinsPictureHow:
    'end it in .svg, which has name, fingerprint and place below the code, or in .png; or give - for this terminal',
  fingerprint: (text: string) => `Fingerprint, for the paper that goes with it: ${text}`,
  noScope: ({ facility, product, serial }: { facility: number; product: number; serial: number }) =>
    `no issuer may stamp serial ${serial} of product ${product} of facility ${facility}`,
  noScopeHow: 'see the issuers and their scopes with: veristamp trust show',
  noHidden: (format: string): string =>
    format === 'zpl' ? 'hidden codes are not written as ZPL' : 'the stamps of this run have no hidden codes',
  noHiddenHow: 'only runs made with --sealed have hidden codes, as pdf or csv',
  noRevocation: 'this authority names no revocation key',
  noRevocationHow:
    'name one as "revocation" in veristamp.json, make it with veristamp keygen, then: veristamp trust build',
  notADocument: 'neither a code nor a document of veristamp',
  exported: (count: number) => `${count} stamps.`,
  tooLong: (file: string) => `${file} is a folder, or too long for such a file`,
  badKey: (file: string) => `${file} holds no public key, which is 64 hexadecimal digits`,
  jobWhat: 'which product, and how many stamps?',
  noFolder: (folder: string) => `there is no folder ${folder}`,
  noFolderHow: 'check --dir; veristamp init makes a folder that is missing',
  left: (time: string) => `${time} left`,
  cancelled: 'stopped',
  againHow: 'no file was left half written; give the same command again',
}

const registryEn = (facilities: number, products: number): string =>
  `${facilities} ${facilities === 1 ? 'facility' : 'facilities'}, ${products} ${products === 1 ? 'product' : 'products'}`
