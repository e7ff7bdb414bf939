/** What people read about scanners in the trust list, in English. */
export const scannersEn = {
  noKey: 'this names no device: a place and a key of 64 hexadecimal digits are needed',
  noKeyHow:
    'give the file that the kiosk saved, a picture of its code, or its text, as in: veristamp scanner add "Chợ Hạ Long 1 · KEY"; or a .pub file with --place',
  named: (place: string) => `${place}: named already, with this key`,
  other: (place: string, key: string) =>
    `${place}: another key is named for it too, ${key}…; if that is what the kiosk had before it was wiped, take it out: veristamp scanner remove KEY`,
  leftOut: (given: string) => `${given} names no device: left out`,
  noneNamed: (names: string) => `none of these names a device: ${names}`,
  isZip: (file: string) => `${file} is a ZIP file`,
  isZipHow: 'unpack it, then name its folder: veristamp scanner report FOLDER',
  strangerHow: 'look which devices are named: veristamp scanner list; name this one: veristamp scanner add',
  onePlace: '--place and --position go with one device',
  onePlaceHow: 'add that device by a command of its own',
  adds: (place: string) => `${place}: its scans count from now on`,
  removes: (place: string) => `${place}: its scans no longer count`,
  which: (name: string, count: number) =>
    count === 0 ? `there is no scanner ${name}` : `${count} scanners are called ${name}`,
  whichHow: (places: string) => `name it by its place or its key: ${places}`,
  none: 'No scanners yet.',
  report: (place: string, issued: string, files: number) =>
    `signed at ${place} on ${issued}; it names ${files} ${files === 1 ? 'file' : 'files'}`,
  files: {
    unchanged: 'unchanged',
    changed: 'changed since',
    missing: 'missing',
    unnamed: 'not in the report: nobody signed it',
  },
  allThere: 'All files are as they were signed.',
  notAllThere: 'Not all files are as they were signed.',
}
