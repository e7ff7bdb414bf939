/** What people read about the changes from one trust list to the next, in English. */
export const changesEn = {
  head: (to: number, from: number | undefined) =>
    from === undefined ? `Trust list ${to}, the first one:` : `Trust list ${to} compared with list ${from}:`,
  datesOnly: 'nothing changes but the dates',
  dates: (issued: string, expires: string) => `issued on ${issued}, good until ${expires}`,
  issuer: (name: string, keyId: number) => `issuer ${name} (key id ${keyId})`,
  gone: (issuer: string, issued: number) =>
    `${issuer} is gone: its stamps become invalid, ${issued} of them issued by runs of this project`,
  replaced: (issuer: string, old: string, young: string, issued: number) =>
    `${issuer} has another key, ${young} in place of ${old}: stamps of the old one become invalid, ${issued} of them issued by runs of this project`,
  added: (issuer: string, publicKey: string, reach: string, from: string, until: string) =>
    `${issuer} is new: key ${publicKey}, for ${reach}, from ${from} to ${until}`,
  renamed: (issuer: string, before: string) => `${issuer} was called ${before}`,
  otherKeyId: (issuer: string, before: number, issued: number) =>
    `${issuer} had key id ${before}: stamps with it become invalid, ${issued} of them issued by runs of this project`,
  lost: (issuer: string, reach: string, issued: number) =>
    `${issuer} may no longer stamp ${reach}: such stamps become invalid, ${issued} of them issued by runs of this project`,
  gained: (issuer: string, reach: string) => `${issuer} may also stamp ${reach}`,
  validity: (issuer: string, [from, until]: readonly string[], [oldFrom, oldUntil]: readonly string[]) =>
    `${issuer} is accepted from ${from} to ${until}; before, from ${oldFrom} to ${oldUntil}`,
  facilitiesGone: (count: number, names: string) => `${count} facilities are gone: ${names}`,
  productsGone: (count: number, names: string, issued: number) =>
    `${count} products are gone: ${names}; ${issued} stamps of them were issued by runs of this project`,
  facilitiesNew: (count: number, names: string) =>
    `${count === 1 ? '1 facility is' : `${count} facilities are`} new: ${names}`,
  productsNew: (count: number, names: string) =>
    `${count === 1 ? '1 product is' : `${count} products are`} new: ${names}`,
  facilitiesChanged: (count: number, names: string) => `${count} facilities have changed: ${names}`,
  productsChanged: (count: number, names: string) => `${count} products have changed: ${names}`,
  prefixesGone: (texts: string) => `addresses that stamps may no longer begin with: ${texts}`,
  prefixesNew: (texts: string) => `addresses that stamps may begin with from now on: ${texts}`,
  revocationNew: (key: string) => `revocation key: ${key}`,
  revocationChanged: (key: string, old: string) =>
    `the revocation key is ${key} in place of ${old}: lists of the old one no longer count`,
  revocationGone:
    'there is no revocation key any more: nothing can be revoked, and what was revoked no longer counts',
  epoch: (to: number, from: number) =>
    `revocation epoch ${to}, before ${from}: older revocation lists no longer count`,
  roots: (version: number, threshold: number, before: number | undefined) =>
    `root version ${version}: ${threshold} of its keys must sign${
      before === undefined || before === threshold ? '' : ` (${before} before)`
    }`,
  rootsNew: (keys: string) => `new root keys: ${keys}`,
  rootsGone: (keys: string) => `root keys that no longer count: ${keys}`,
  scannersGone: (count: number, places: string) =>
    `${count === 1 ? '1 scanner is' : `${count} scanners are`} gone: ${places}`,
  scannersNew: (count: number, places: string) =>
    `${count === 1 ? '1 scanner is' : `${count} scanners are`} new: ${places}`,
  scannersMoved: (count: number, places: string) =>
    `${count === 1 ? '1 scanner has' : `${count} scanners have`} moved: ${places}`,
  more: (count: number) => `and ${count} more`,
  wholeFacilities: (ids: string) => `all products of facility ${ids}`,
  range: (product: number | undefined, facility: number, serials: string) =>
    `${product === undefined ? 'all products' : `product ${product}`} of facility ${facility}${serials}`,
  serials: (first: number, last: number | undefined) =>
    last === undefined ? `, serials from ${first} on` : `, serials ${first} to ${last}`,
  nothing: 'nothing',
  otherAuthority: (file: string, theirs: string, ours: string) =>
    `${file} is a list of ${theirs}, and this is the project of ${ours}`,
  otherAuthorityHow: 'sign it in the project of that authority, or ask who sent it',
  manyLists: (file: string) => `${file} holds several lists: only a draft of one is signed`,
  oldDraft: (file: string, sequence: number, newest: number) =>
    `${file} is trust list ${sequence}, and list ${newest} is here already`,
  oldDraftHow: 'make a new draft: veristamp trust build',
  otherRoots: (file: string, theirs: number, ours: number) =>
    `${file} has root version ${theirs} and its keys, which do not follow those of version ${ours} here`,
  otherRootsHow: 'bring the newest trust list and veristamp.json of the authority here first',
  noRoot: (key: string, file: string) => `${key} is not a root key, now or in ${file}`,
  noRootHow: (names: string) => `sign with a root key: ${names}`,
  carryBack: (file: string) =>
    `carry ${file} back to the authority: into lists/ of its project, and from there to every printer and kiosk`,
  publishIt: 'veristamp publish FOLDER, for kiosks to get the list; or veristamp site -o FOLDER',
  carryOut: (file: string) =>
    `bring ${file} to every printer (there: veristamp lists import FILE) and to every kiosk`,
}
