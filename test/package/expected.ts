/** What `mainJob` must answer in every runtime. */
export const EXPECTED = {
  loaded: 1,
  base45: 'valid',
  digits: 'valid',
  url: 'valid',
  altered: 'invalid bad_signature',
  otherHost: 'invalid url_prefix',
  expired: 'invalid expired',
  clock: 'indeterminate clock_suspect',
  junk: 'invalid malformed',
  words: 'Tem',
  version: 5,
  svg: '<svg',
  tampered: false,
}
