/** What was published: the numbers of the lists. */
export interface PublishedNumbers {
  readonly trustList: number
  readonly revocationList?: number
  readonly deltas: number
}

/** What people read about publishing lists, in English. */
export const publishingEn = {
  done: (folder: string, { trustList, revocationList, deltas }: PublishedNumbers) => {
    const revocation = revocationList === undefined ? '' : ` and revocation list ${revocationList}`
    const more = deltas === 0 ? '' : `, with ${deltas === 1 ? 'one delta' : `${deltas} deltas`}`
    return `${folder} has trust list ${trustList}${revocation}${more}.`
  },
  how: (files: string) =>
    `veristamp publish FOLDER, or site -o FOLDER, for a web server; or bring ${files} to every kiosk`,
  patches: (count: number) =>
    `For devices that hold older slices: ${count === 1 ? 'one new file' : `${count} new files`} of patches.`,
  nothingNew: 'They were there already.',
  noList: 'there is no revocation list yet',
  notAFolder: (file: string) => `${file} is not a folder`,
  folderHow: 'choose another folder',
  otherIndex: (folder: string) => `the lists.json in ${folder} is not one of this authority`,
  newerThere: (folder: string) =>
    `${folder} has newer lists than this project, or others with the same numbers`,
  newerThereHow:
    'find out where they came from. If this project was restored from a backup, copy the missing lists into lists/ first',
}
