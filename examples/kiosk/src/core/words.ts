import type { AnswerWord } from './answer.ts'
import type { LayoutFault } from './layout-check.ts'

/** What the kiosk itself says. What a verdict or a reason means is the library's to say. */

export type Language = 'vi' | 'en'

export const en = {
  title: 'Stamp check',
  tabs: { scan: 'Scan', history: 'History', lists: 'Lists', scanner: 'Hand scanner' },
  language: 'Tiếng Việt',
  sound: 'Sound',
  answers: {
    valid: 'VALID',
    copy: 'MAYBE A COPY',
    not_valid: 'NOT VALID',
    forged: 'FORGED',
    revoked: 'REVOKED',
    expired: 'EXPIRED',
    unknown: 'NOT TRUSTED',
    no_stamp: 'NOT A STAMP',
    unsure: 'CAN’T TELL',
  } satisfies Record<AnswerWord, string>,
  ready: 'Ready',
  readyHint: 'Hold a stamp up to the camera, use the hand scanner, or choose a picture.',
  noLists: 'No lists are loaded yet: this kiosk can’t check anything.',
  noCodeFound: 'No code was found in this picture.',
  facts: {
    product: 'Product',
    facility: 'Facility',
    serial: 'Serial',
    lot: 'Lot',
    expires: 'Good until',
    authority: 'Authority',
    stars: (count: number) => `${count} of 5 OCOP stars`,
    unnamed: (id: number) => `number ${id}`,
  },
  listsTitle: 'Lists',
  daysOld: (days: number) => (days < 1 ? 'of today' : days === 1 ? '1 day old' : `${days} days old`),
  listAge: (days: number) =>
    days < 1 ? 'Lists of today' : days === 1 ? 'Lists 1 day old' : `Lists ${days} days old`,
  listsStale: 'Lists are too old',
  listsNone: 'No lists',
  noRevocationList: 'No revocation list',
  clockBehind: 'The clock is behind the lists',
  unprotected: 'No rollback protection',
  camera: {
    start: 'Start the camera',
    stop: 'Stop the camera',
    torch: 'Light',
    zoom: 'Zoom',
    denied: 'The browser blocks the camera: allow it in the settings.',
    missing: 'No camera was found.',
    picture: 'Check a picture',
  },
  next: 'Next stamp',
  finding: (words: string) => `Suspicious so far: ${words}`,
  hidden: {
    label: 'Code under the scratch layer',
    check: 'Check the code',
    ok: 'The hidden code belongs to this stamp.',
  },
  history: {
    empty: 'Nothing was scanned yet.',
    undo: 'Undo',
    undone: 'undone',
    time: 'Time',
    answer: 'Answer',
    why: 'For scans made by mistake: an undone scan no longer counts when the kiosk looks for copies.',
  },
  lists: {
    load: 'Load files',
    loadHint:
      'Trust list, revocation list, changes to it, logs of other kiosks: all files from the USB stick at once.',
    url: 'Address on this server',
    fetch: 'Load from the address',
    otherOrigin: 'Only addresses on this kiosk’s own server are allowed.',
    fetchFailed: 'Nothing could be loaded from this address.',
    trust: 'Trust list',
    revocation: 'Revocation list',
    scans: 'Scans remembered',
    save: 'Save this kiosk’s log',
    saveHint:
      'For other kiosks. They take it once the authority’s trust list names this kiosk’s place and key:',
    none: 'not loaded',
    numbered: (sequence: number, issued: string, expires: string) =>
      `no. ${sequence}, issued ${issued}, good until ${expires}`,
    loaded: (what: string) => `${what}: loaded.`,
    merged: (places: string, added: number) => `${places}: ${added} new ${added === 1 ? 'scan' : 'scans'}.`,
    refused: (what: string, why: string) => `${what}: refused. ${why}`,
    kinds: {
      setup: 'Set-up',
      trust: 'Trust list',
      revocation: 'Revocation list',
      delta: 'Changes to the revocation list',
      scans: 'Log of another kiosk',
      unknown: 'File',
    },
    reasons: {
      setup_exists: 'This kiosk is set up already. Start over to set it up anew.',
      setup_first: 'Set the kiosk up first.',
      trust_first: 'Load the trust list first.',
      unknown_file: 'It is not a file of this system.',
    },
  },
  setup: {
    title: 'Set up this kiosk',
    intro:
      'A set-up file says whose lists this kiosk believes. Take it from the authority by hand, never from a message.',
    choose: 'Choose the set-up file',
    demo: 'Use the demo’s files',
    compare: 'Compare the authority’s name and fingerprint with those on its paper:',
    fingerprint: 'Fingerprint',
    confirm: 'They agree: use them',
    cancel: 'They differ: leave it',
    reset: 'Start over',
    resetHint: 'Forgets the authority, all lists and the history.',
    resetSure: 'Really forget everything?',
    badFile: 'This is not a set-up file.',
  },
  scanner: {
    intro: 'Scan this code with the hand scanner:',
    alt: 'Test code with every letter of a stamp',
    faults: {
      none: 'All letters came out right.',
      mended:
        'The computer’s keyboard layout differs from the scanner’s, but this kiosk goes by the positions of the keys: nothing to do.',
      caps_lock: 'Caps Lock is on. Turn it off.',
      input_method:
        'An input method (Unikey, Telex, VNI) changes the letters. Turn it off: often with Ctrl + Shift, or click the V in the corner so that it shows E.',
      letters_lost:
        'Letters were lost. Set a pause between letters (inter-character delay) of 5 to 20 ms, as the scanner’s manual shows.',
      layout:
        'The scanner types for the keyboard of another country. Scan the code for “USB keyboard, USA” in the scanner’s manual.',
      other_code: 'This was another code. Scan the test code above.',
    } satisfies Record<LayoutFault, string>,
    garbled: (expected: string, got: string) => `${expected} came out as ${got}`,
    space: 'space',
  },
  evidence: {
    title: 'What the scan log knows',
    first_seen: 'Seen for the first time.',
    seen_here: (count: number, when: string) =>
      count === 1
        ? `Seen here once before, on ${when}.`
        : `Seen here ${count} times before, last on ${when}.`,
    seen_elsewhere: (places: string) => `Seen at another place: ${places}.`,
    impossible_travel: 'Too far away in too short a time for one stamp.',
    rate: 'Scanned unusually often.',
    double_issued: 'Another stamp with this serial was seen: one serial, two stamps.',
    since: (when: string) => `The log goes back to ${when}.`,
  },
}

export type Words = typeof en
