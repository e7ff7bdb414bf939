/** What people read about backups, in English. */
export const backupEn = {
  newFolderHow: 'name a new folder outside of the project, as on another disk',
  inside: (folder: string) => `${folder} is inside of the project`,
  made: (folder: string, files: number, keys: boolean) =>
    `Copied ${files} files to ${folder}, ${keys ? 'with the private keys that a passphrase protects' : 'without private keys: keep those apart'}.`,
  bad: (file: string) => `${file} is missing or damaged, so this is no sound backup`,
  badHow: 'take another backup: nothing was brought back',
  brings: (date: string, authority: string) =>
    `This brings ${authority} back as it was on ${date}. What is there stays as it is.`,
  other: (theirs: string, ours: string) => `the backup is of ${theirs}, and this is the project of ${ours}`,
  otherHow: 'bring it back in a folder of its own: --dir FOLDER',
  done: (restored: number, kept: number) =>
    `Brought back ${restored} files${kept > 0 ? `; ${kept} were there and stay` : ''}.`,
  lost: (date: string) =>
    `Serials that were printed after ${date} are not known here: the first run of each product asks for its first serial, so that none is printed twice.`,
  next: 'bring here the newest lists (veristamp lists import FILES), the runs that others have (veristamp runs import FOLDER) and the private keys; then see: veristamp status',
}
