import { explainReason } from '../../document/reason-messages.ts'
import type { ErrorDetails } from '../../lib/error-details.ts'
import { captureEn, captureHowEn } from './capture-words-en.ts'
import { byFault, type ErrorHow, type ErrorWords } from './error-words.ts'
import { fleetFailedEn, fleetHowEn, sendFailedEn, sendHowEn } from './fleet-words-en.ts'

/** What the library refuses, in English: by the facts of its errors, never by their messages. */

const said = (complaint: string | undefined): string => (complaint ? `, and said: ${complaint}` : '')

const signing = byFault<ErrorDetails['signing_failed']>({
  not_signed: ({ serial }) => `serial ${serial} was not signed`,
  wrong_signature: ({ program, serial }) =>
    serial === undefined
      ? `${program ?? 'the signer'}: its signature does not verify under the public key`
      : `serial ${serial}: the signer’s signature does not verify under its public key, and was written nowhere`,
  wrong_length: ({ program, length, complaint }) =>
    `${program ?? 'the signer'} answered ${length} bytes; a signature has 64${said(complaint)}`,
  ended: ({ program, exit, complaint }) =>
    `${program} signed nothing: it ended with ${exit}${said(complaint)}`,
  no_answer: ({ program, timeout, complaint }) =>
    `${program} gave no answer within ${timeout} ms${said(complaint)}`,
  not_started: ({ program, system }) =>
    `${program} can’t be started (${system}): it signs in place of a key file`,
  other_key: ({ run, publicKey }) => `run ${run} belongs to another key, ${publicKey}`,
  unsound_key: ({ run, reason }) => `the public key of run ${run} is unsound: ${reason}`,
  no_webcrypto: () => 'there is no WebCrypto here: browsers have it on https pages alone',
})

function tooLarge(facts: ErrorDetails['does_not_fit']): string {
  switch (facts.what) {
    case 'payload':
      return `the stamp takes ${facts.length} bytes, and ${facts.max} are allowed`
    case 'document':
      return `the list takes ${facts.length} bytes, and ${facts.max} are allowed`
    case 'signatures':
      return `a list bears at most ${facts.max} signatures`
    case 'scans':
      return `the scan log takes ${facts.count} documents, and ${facts.max} are allowed`
    case 'chain':
      return `the chain takes ${facts.count} lists and ${facts.length} bytes; ${facts.max} and ${facts.maxLength} are allowed`
    case 'symbol':
      return `the code is too long for a symbol of version ${facts.version}-${facts.level}${
        facts.enough === undefined ? '' : `; version ${facts.enough} is the smallest that holds it`
      }`
    case 'label':
      return `a symbol of ${facts.modules} modules${facts.dots === undefined ? '' : ` with ${facts.dots} dots a module`} needs a larger label than ${facts.room.toFixed(1)} mm at ${facts.dpi} dpi`
    case 'words':
      return `a serial that can be read needs more room than ${facts.width.toFixed(1)} × ${facts.height.toFixed(1)} mm beside the symbol`
    case 'hidden_symbol':
      return `a hidden code’s symbol needs more room for text than ${facts.width.toFixed(1)} × ${facts.height.toFixed(1)} mm`
  }
}

const document = byFault<ErrorDetails['bad_document']>({
  refused: ({ reason, detail }) =>
    `no verifier would take this list: ${reason}${detail ? ` (${detail})` : ''}. ${explainReason(reason, 'en')}`,
  not_later: () => 'this is not a later revocation list of the same authority',
  not_signed: () => 'a draft was given where a signed list is needed',
  later_fields: () => 'the list has fields of later versions',
  slices_missing: () => 'some of the list’s slices are not here: put all of them beside it',
  other_body: () => 'the two documents don’t say the same, so their signatures can’t be put together',
  revocation_hidden: ({ keyId, facility, product }) =>
    product === undefined
      ? `what the revocation list says of key id ${keyId} stands in the slice of another: phones would miss it`
      : `revoked serials of product ${product} of facility ${facility} are not in the slice of key id ${keyId}, which may stamp them now: phones would miss them`,
  other_context: ({ context }) => `documents of the kind ${context} are not signed here`,
})

const run = byFault<ErrorDetails['run_corrupt']>({
  stranger: ({ file }) => `${file} does not belong in the journal: is it a record under another name?`,
  not_plain: ({ file }) =>
    `${file} is not what its name says: a file, or a folder, in the place of the other, or a pipe`,
  damaged: ({ file }) => `${file} is damaged, or another’s record`,
  no_record: ({ file }) => `${file} is there without its record`,
  missing: ({ file }) => `${file} is missing`,
  other_manifest: ({ file }) => `${file} has a manifest of other serials than its record`,
  unlisted: ({ file }) =>
    `${file}: the database does not have it: was an old backup of the database restored?`,
  other_record: ({ file }) => `${file} is another record than the database has`,
  no_number: ({ file }) => `${file}: no run number is left`,
  no_reason: ({ file }) => `${file} is damaged: it names no reason`,
  no_secret: ({ file }) => `${file} is missing, damaged or another run’s`,
  no_folder: ({ file }) => `${file} is not a folder`,
  no_file: ({ file }) => `${file} is not a plain file`,
  taken: ({ file }) => `${file} was there before its run`,
  foreign_signature: ({ file }) => `${file} is not signed by the key of this run`,
  other_run: ({ file }) => `${file} is not of this run as it was reserved`,
  not_signed_for: ({ file }) => `${file} is not what was signed for`,
  other_secret: ({ file }) => `${file}, made again, is not what was signed for: the secret is another`,
  made_otherwise: ({ file }) => `${file}, made again, is not what was signed for`,
  other_codes: ({ file }) => `${file} is not what this run wrote`,
  other_fonts: ({ run: id }) => `run ${id} was begun with other fonts, which would make another PDF`,
  serials_twice: ({ run: id, other, first, last }) =>
    `run ${id} has serials of run ${other}, which has ${first} to ${last}`,
  no_row: ({ line }) => `${JSON.stringify(line)} is not a line of a run’s codes`,
})

const RESTORE = 'bring it back from a backup: it may be the only place that knows of serials'
const MADE_AGAIN = 'move it away and go on with the run: it is then made again'
const MOVE = 'move it away'

const runHow: Readonly<Partial<Record<ErrorDetails['run_corrupt']['fault'], string>>> = {
  unlisted: 'veristamp fleet init takes it in, and its serials stay taken',
  ...{ stranger: 'give it its name back, or move it away', damaged: RESTORE, no_record: RESTORE },
  ...{ missing: RESTORE, no_secret: 'bring it back from a backup: hidden codes come from nowhere else' },
  ...{ no_folder: MOVE, no_file: MOVE, taken: MOVE },
  ...{ foreign_signature: MADE_AGAIN, other_run: MADE_AGAIN, not_signed_for: MADE_AGAIN },
  other_fonts: 'give the fonts that it began with: --font',
  serials_twice: 'give this run up: veristamp runs void RUN',
}

const lock = byFault<ErrorDetails['run_busy']>({
  working: ({ folder, pid, host }) => `${folder}: process ${pid} on ${host} is at work on this run`,
  maybe_working: ({ folder, pid, host }) =>
    `${folder}: process ${pid} on ${host} is at work on this run, or another program has its number by now`,
  elsewhere: ({ folder, pid, host, seen }) =>
    `${folder}: process ${pid} on ${host} is at work on this run, or was: last seen ${seen ?? 'a moment ago'}, by its clock. It belongs to another machine or container, so nothing here can tell whether it still runs`,
  lost: ({ folder }) => `${folder}: another process has taken over this run`,
  no_lock: ({ file }) => `${file} is not a lock of this program`,
})

const lockHow = byFault<ErrorDetails['run_busy']>({
  working: () => 'wait for it, or end it; nothing is lost',
  maybe_working: ({ file }) =>
    `wait for it, or end it; nothing is lost. If that process is not veristamp, remove ${file} and try again`,
  elsewhere: ({ file }) =>
    `wait for it, or end it; nothing is lost. Once you are sure that it has ended, remove ${file} and try again`,
  lost: () => 'wait for it, or end it; nothing is lost',
  no_lock: () => 'move it away and try again',
})

const keyFile = byFault<ErrorDetails['bad_key_file']>({
  too_long: ({ file }) => `${file} is too long for a key, or not a file`,
  not_pem: ({ file }) => `${file} is not PKCS#8 in PEM, plain or encrypted by PBES2`,
  costly: ({ file }) => `${file}: its passphrase would take too long to check`,
  no_private_key: ({ file }) => `${file}: no private key can be read from it`,
  other_kind: ({ file, kind }) =>
    `${file} holds a key of another kind than Ed25519${kind ? `: ${kind}` : ''}`,
})

const store = ({ fault, file, at, key, detail }: ErrorDetails['store_corrupt']): string =>
  `what was seen before is ${fault === 'lost' ? 'lost' : 'damaged'}${file || key ? `: ${file ?? key}` : ''}${
    at === undefined ? '' : `, at byte ${at}`
  }${detail ? ` (${detail})` : ''}`

export const errorsEn: ErrorWords = {
  out_of_scope: ({ facility, product, count }) =>
    `the key has fewer than ${count} serials of product ${product} of facility ${facility} left`,
  signing_failed: signing,
  does_not_fit: tooLarge,
  bad_document: document,
  store_corrupt: store,
  key_shared: ({ publicKey, authorities: [one, other] }) => `${one} and ${other} trust one key, ${publicKey}`,
  worker_failed: () => 'a worker process failed',
  revocation_permanent: (facts) =>
    `${
      facts.serial === undefined
        ? `key ${facts.key}`
        : `serial ${facts.serial}${facts.product === undefined ? '' : ` of product ${facts.product} of facility ${facts.facility}`}`
    } was revoked by a signed list, with its reason and date`,
  bad_key_file: keyFile,
  passphrase: ({ file, fault }) =>
    fault === 'missing'
      ? `${file} needs a passphrase`
      : `${file}: the passphrase is wrong, or the file is damaged`,
  is_link: ({ file }) => `${file} is a link, and a project writes nothing through links`,
  run_corrupt: run,
  run_busy: lock,
  run_void: ({ run: id }) => `run ${id} was declared void`,
  serials_taken: ({ run: id, first, last }) => `run ${id} has serials ${first} to ${last} already`,
  above_watermark: ({ serial, product, facility, highest }) =>
    `serial ${serial} of product ${product} of facility ${facility} is above the published watermark, ${highest}`,
  not_deterministic: ({ fault }) =>
    `the key’s signer signs ${
      fault === 'each_time'
        ? 'the same stamp differently each time'
        : 'differently than before, or the secret is another'
    }: a run that is stopped and goes on would print two stamps of one serial`,
  capture_failed: captureEn,
  fleet_failed: fleetFailedEn,
  send_failed: sendFailedEn,
  no_hard_links: ({ folder }) =>
    `the disk of ${folder} has no hard links, without which two commands could take the same serials`,
  letter_missing: ({ letter, numbers }) =>
    `the labels’ fonts have no ${JSON.stringify(letter)} (${numbers.join(' ')})`,
}

const signerHow = 'see commands in veristamp.json, and try that program by itself'

export const errorsHowEn: ErrorHow = {
  out_of_scope: () => 'ask the authority for more serials, or print fewer',
  signing_failed: (facts) => ('program' in facts && facts.program ? signerHow : undefined),
  does_not_fit: () => 'larger labels with --stock, coarser symbols with --level L, or a shorter --prefix',
  revocation_permanent: () => 'what a signed list revoked stays revoked: revoke as much again, or more',
  passphrase: () => 'give it with --passphrase-file FILE, in VERISTAMP_PASSPHRASE, or on a terminal',
  is_link: () => 'put a folder or a file in its place; to keep a project elsewhere, move all of it',
  run_corrupt: ({ fault }) => runHow[fault],
  run_busy: lockHow,
  run_void: () => 'print another run: veristamp issue; veristamp runs lists all runs',
  serials_taken: () => 'leave out --first for the next free serials, or begin after them',
  above_watermark: ({ facility, product, serial }) =>
    `raise and publish it first: veristamp list --raise ${facility}:${product}:${serial}. If the authority has the revocation key, ask it to do that`,
  capture_failed: captureHowEn,
  fleet_failed: fleetHowEn,
  send_failed: sendHowEn,
  no_hard_links: () =>
    'keep the project on a disk of NTFS, APFS, ext4 or the like: not exFAT, FAT32 or some network drives',
  letter_missing: () =>
    'mend the name in registry/, then: veristamp trust build; or give a font that has the letter with --font',
}
