/** What people read about sites, in English. */
export const siteEn = {
  which: 'say where to write the site, or which site to check',
  whichHow: 'veristamp site -o FOLDER, or veristamp site --check https://tem.example/',
  noPrefix: 'this project has no address yet: nobody knows where its site will be',
  noPrefixHow: 'add "prefixes": ["HTTPS://TEM.EXAMPLE/#"] to veristamp.json, then run veristamp trust build',
  unlisted: (prefix: string) => `the trust list does not allow ${prefix} yet`,
  unlistedHow: 'veristamp trust build',
  elsewhere: (prefix: string) => `stamps of ${prefix} lead elsewhere: this site does not answer for them`,
  picturesElsewhere: (count: number) =>
    `${count === 1 ? 'one picture is' : `${count} pictures are`} on another server. The page asks no other server, so it shows none of them: put the files into registry/ and name them in products.csv`,
  pictureMissing: (product: number, file: string) =>
    `product ${product}: there is no picture registry/${file}`,
  pictureUnreadable: (product: number, file: string) =>
    `product ${product}: registry/${file} is no JPEG, PNG or WebP that can be read`,
  done: (folder: string, page: string) => `${folder} has the site for ${page}`,
  server: (isHash: boolean, samples: string) =>
    isHash
      ? `Any web server can show it, over HTTPS. The headers that it should send: ${samples}`
      : `The web server must show the page for every address below it: ${samples} has samples for nginx and Caddy. Hosts of plain files show 404.html instead.`,
  next: (page: string, folder: string) =>
    `Next: veristamp serve ${folder}, to look at it here; once it is published: veristamp site --check ${page}`,
  makeFirst: (folder: string) => `veristamp site -o ${folder}`,
  serving: (address: string) => `${address}\nStop it with Ctrl + C.`,
  office: (address: string) => `For the office: ${address}office`,
  noToken:
    'nobody can see findings and runs without a token: set VERISTAMP_TOKEN, or give --token-file, and start it again',
  otherServer: (folder: string) =>
    `another veristamp serve takes the scans of this project: ${folder} is in use`,
  otherServerHow: 'stop it first; several servers at once need PostgreSQL',
  serverFault: (what: string) => `a request could not be answered: ${what}`,
  listsFault: (what: string) => `newer lists are in lists/, but do not load: ${what}`,
  badAddress: (given: string) => `${given} is no web address`,
  badAddressHow: 'give the address of the page: https://tem.example/',
  right: (address: string) => `${address} has all that phones ask for.`,
  wrong: 'Mend what has a ✗ in front, then check again. The folder samples/ shows how.',
  faults: {
    no_answer: (at: string) => `${at} does not answer`,
    not_a_page: (at: string) => `no page of veristamp is there: ${at}`,
    other_address: (at: string) => `the page was made for ${at}: it answers nothing here`,
    not_https: (at: string) => `${at} is not HTTPS: anyone on the way could change the page`,
    no_rewrite: (at: string) => `the page must also be shown, with status 200, for addresses like ${at}`,
    no_policy: (at: string) => `no strict Content-Security-Policy comes with ${at}`,
    framed: (at: string) => `other pages may put ${at} inside themselves: send frame-ancestors 'none'`,
    sniffed: (at: string) => `send X-Content-Type-Options: nosniff with ${at}`,
    referrer: (at: string) => `send Referrer-Policy: no-referrer with ${at}`,
    cookie: (at: string) => `the server sets a cookie at ${at}: nobody may be followed here`,
    page_cached: (at: string) => `caches may keep ${at}: send Cache-Control: no-cache`,
    worker_missing: (at: string) => `${at} is missing, or is no JavaScript: the page will not work offline`,
    worker_cached: (at: string) =>
      `caches may keep ${at}: send Cache-Control: no-cache, or phones keep an old page`,
    asset_missing: (at: string) => `${at} is missing`,
    asset_type: (at: string) => `a wrong Content-Type: ${at}`,
    asset_not_kept: (at: string) => `${at} never changes: caches should keep it (immutable)`,
    not_compressed: (at: string) => `${at} comes uncompressed: slow phones wait longer`,
    lists: (at: string) => `the lists can’t be loaded: ${at}`,
    kiosk_beside: (at: string) =>
      `a kiosk answers at ${at}: give it a host of its own, so that no other page reaches its key`,
  },
}
