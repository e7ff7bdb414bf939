import { auditEn } from './audit-words-en.ts'
import type { ToldState } from './record-states.ts'

interface Counts {
  readonly reserved: number
  readonly printed: number
  readonly released: number
  readonly void: number
  readonly revoked: number
}

interface RunFacts {
  readonly id: string
  readonly first: number
  readonly last: number
  readonly count: number
  readonly keyId: number
  readonly lot?: string | undefined
  readonly date: string
  readonly name: string
  readonly released: number
  readonly revoked: number
}

const STATES: Readonly<Record<ToldState, string>> = {
  unfinished: 'unfinished',
  finished: 'finished',
  void: 'void',
  released: 'released',
  partly_released: 'partly released',
  revoked: 'revoked',
  partly_revoked: 'partly revoked',
}

const stampsEn = (count: number): string => `${count} stamp${count === 1 ? '' : 's'}`

/** What people read about records of runs and stamps, in English. */
export const recordsEn = {
  runLine: (run: RunFacts, state: ToldState) =>
    [
      `${run.id}  serials ${run.first} to ${run.last}  ${STATES[state]}`,
      `${run.date}`,
      `${stampsEn(run.count)} of ${run.name}`,
      ...(run.lot === undefined ? [] : [`lot ${run.lot}`]),
      `key id ${run.keyId}`,
      ...(run.released > 0 && run.released < run.count ? [`${run.released} released`] : []),
      ...(run.revoked > 0 && run.revoked < run.count ? [`${run.revoked} revoked`] : []),
    ].join('  '),
  releases: (run: string, count: number, serials: string, to: string, date: string) =>
    `This notes that ${to} got ${stampsEn(count)} of run ${run} on ${date}: serials ${serials}. It stays on record; a mistake is taken back with --undo.`,
  released: (run: string, count: number, serials: string, to: string) =>
    `Released to ${to}: ${stampsEn(count)} of run ${run}, serials ${serials}.`,
  toWhom: 'who gets the stamps?',
  undoAlone: '--undo takes back a whole release, so it goes with --to alone',
  undoAloneHow: 'leave the rest out, then release again what is right',
  nothingToUndo: (run: string) => `nothing of run ${run} was released to that place`,
  nothingToUndoHow: 'veristamp audit says who got what',
  undoes: (run: string, count: number, serials: string, to: string, date: string) =>
    `This takes back that ${to} got ${stampsEn(count)} of run ${run} on ${date}: serials ${serials}. Both stay on record, and other systems are told that it did not happen.`,
  undone: (run: string, count: number, serials: string) =>
    `Taken back: ${stampsEn(count)} of run ${run}, serials ${serials}, are here again.`,
  badWhom: '--to takes a name of one line, up to 200 characters',
  badWhomHow: 'name who gets the stamps, as in --to "Hợp tác xã Đồi Sương"',
  badGln: (text: string) => `${JSON.stringify(text)} is no GLN: 13 digits, the last a check digit`,
  badGlnHow: 'correct it, or leave it out: then other systems are not told who got the stamps',
  badTime: (text: string) => `${JSON.stringify(text)} is no day or time up to now`,
  badTimeHow: 'as in --on 2026-03-01, or --on 2026-03-01T14:30',
  badDocument: (text: string) => `${JSON.stringify(text)} is no URI`,
  badDocumentHow: 'as in --document urn:epcglobal:cbv:bt:8935000000014:PX-104',
  notOfRun: (run: string, serial: number, first: number, last: number) =>
    `serial ${serial} is not of run ${run}, which has ${first} to ${last}`,
  notOfRunHow: 'veristamp runs lists the serials of all runs',
  goneTo: (run: string, first: number, last: number, to: string, date: string) =>
    `serials ${first} to ${last} of run ${run} went to ${to} on ${date}`,
  goneToHow: 'release what is still here: veristamp runs says how much, veristamp audit which',
  isRevoked: (serial: number) => `serial ${serial} is revoked: its stamp must not be used`,
  isRevokedHow: 'leave out what is revoked: --serials FIRST-LAST',
  aboveMark: (serial: number, mark: number) =>
    `serial ${serial} is above the watermark, ${mark}: kiosks would call its stamp invalid`,
  aboveMarkHow: (facility: number, product: number, serial: number) =>
    `raise it and publish the list first: veristamp list --raise ${facility}:${product}:${serial}`,
  replaces: (run: string, serials: string, count: number, first: number, last: number) =>
    `This revokes serials ${serials} of run ${run} for good, and prints ${stampsEn(count)} in their place: serials ${first} to ${last}.`,
  replaceElsewhere:
    'replacing begins with a list that revokes the old stamps, and its key is with the authority',
  replaceElsewhereHow: (run: string, command: string) =>
    `bring run ${run} to the authority (there: veristamp runs import FOLDER, then ${command}): that revokes the old stamps, lets new ones out, and says what to print here`,
  replaceThere: (key: string, command: string) =>
    `The old stamps are revoked, and the new ones let out. The key ${key} is on another machine: bring the new list there (veristamp lists import FILES), then: ${command}`,
  noGln: (count: number) =>
    `${count} release${count === 1 ? '' : 's'} went to somebody without a GLN: other systems are not told of ${count === 1 ? 'it' : 'them'}`,
  badFiles: (run: string) =>
    `the files of run ${run} are not what its manifest signs for: veristamp verify-run ${run}`,
  audited: ({ reserved, printed, released, void: gone, revoked }: Counts) =>
    `${printed} printed, ${released} released, ${reserved} reserved, ${gone} void, ${revoked} revoked.`,
  audit: auditEn,
}
