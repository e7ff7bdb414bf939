/** What the system refuses, in English: what is wrong, then what to do. */
export const systemEn = {
  denied: (file: string) => `${file}: permission denied`,
  readOnly: (file: string) => `${file} is on a disk that can only be read`,
  folder: (file: string) => `${file} is a folder`,
  noFolder: (file: string) => `${file}: part of this path is a file, not a folder`,
  longName: (file: string) => `${file}: the name is too long`,
  badName: (file: string) => `${file}: the system doesn’t take this name`,
  circle: (file: string) => `${file}: its links lead in a circle`,
  busy: (file: string) => `${file} is in use by another program`,
  manyFiles: (file: string) => `${file} can’t be opened: too many files are open`,
  broken: (file: string) => `${file}: the disk can’t be read or written`,
  noFile: (file: string) => `${file} is not a file`,
  other: (file: string, code: string) => `${file}: the system refuses it (${code})`,
}

export const systemHowEn = {
  denied: 'see who may read and write it, or choose another place',
  readOnly: 'choose a place on another disk',
  folder: 'name a file',
  noFolder: 'see whether the path is right',
  longName: 'choose a shorter name',
  badName: 'choose another name',
  circle: 'mend or remove the links',
  busy: 'close that program, and give the same command again',
  manyFiles: 'close other programs, and give the same command again',
  broken: 'check the disk, and use a backup if need be',
  noFile: 'name a file',
  other: 'choose another place, and give the same command again',
}
