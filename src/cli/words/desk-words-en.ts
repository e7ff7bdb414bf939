type Kind = 'trust' | 'revocation'
type How = 'new' | 'grown' | 'known' | 'unknown_key' | 'other_run' | 'serials_twice' | 'damaged'

const HOW: Readonly<Record<How, (detail: string) => string>> = {
  new: () => 'is here now',
  grown: () => 'is up to date now',
  known: () => 'was here',
  unknown_key: (key) => `is not taken: the trust list names no key ${key} with its key id`,
  other_run: () => 'is not taken: a run of this name is here, and says something else',
  serials_twice: (other) => `is not taken: run ${other} has some of its serials`,
  damaged: (reason) => `is not taken: its files are not what its manifest signs for (${reason})`,
}

/** What people read about lists and runs that come from elsewhere, in English. */
export const deskEn = {
  notAList: (file: string) => `${file} is no signed list and no delta`,
  notAListHow: (file: string) =>
    `see what it is: veristamp inspect ${file}. Drafts are put together with: veristamp trust merge ${file}`,
  noIndexHow: 'a folder that was published has it; of any other, give the lists one by one',
  noBase: (file: string) => `${file} leads from one revocation list to the next, and there is none here`,
  noBaseHow: 'bring the whole revocation list first',
  refusedHow: 'ask the authority for the right file; bring the trust list together with the revocation list',
  listHere: (kind: Kind, sequence: number, file: string) =>
    `${kind === 'trust' ? 'Trust list' : 'Revocation list'} ${sequence} is here now: ${file}`,
  runsFolderHow:
    'give the folder of a printer’s project: runs/ is needed of it, and state/releases.log, which says who got what',
  noRuns: (folder: string) => `there are no runs in ${folder}`,
  importedRun: (run: string, first: number, last: number, how: How, detail = '') =>
    `${run}  serials ${first} to ${last}  ${HOW[how](detail)}`,
  releases: (count: number) => `${count} new note${count === 1 ? '' : 's'} of who got which stamps`,
  others: (count: number) =>
    `${count} run${count === 1 ? '' : 's'} of other printers stay${count === 1 ? 's' : ''} out`,
  runsLeft: (count: number) => `${count} thing${count === 1 ? '' : 's'} could not be taken in`,
  runsLeftHow:
    'look at them with the printer. If serials were printed twice, revoke one run: veristamp revoke --run RUN --reason REASON',
}
