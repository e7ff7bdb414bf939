/** Of codes that are checked where there is no project. */
export const pinnedEn = {
  noTrust: (authority: string) => `no trust list of ${authority} is given`,
  noTrustHow: 'name its file with --trust; the authority publishes it beside the pins',
  ofNone: (file: string) => `${file} is from none of the authorities whose pins are given, or was changed`,
  refusedHow: 'see whose it is: veristamp inspect FILE; and give the pins of that authority',
  twice: (authority: string) => `two lists of one kind are from ${authority}: give the newer one alone`,
  needsPins: 'several lists go with --pins, one for each authority',
}
