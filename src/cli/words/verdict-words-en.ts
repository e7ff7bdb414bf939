/** How verdicts read, in English. */
export const verdictsEn = {
  status: (status: 'valid' | 'invalid' | 'indeterminate', reason?: string): string =>
    reason === undefined ? status : `${status}/${reason}`,
  lot: (lot: string) => `Lot ${lot}`,
  made: (date: string) => `Made on ${date}`,
  expires: (date: string) => `Good until ${date}`,
  facility: (name: string) => `From ${name}`,
  issuer: (name: string, keyId: number) => `Issued by ${name} (key id ${keyId})`,
  revoked: (date: string, reason: string) => `Revoked on ${date}: ${reason}`,
  finding: (said: string) => `Suspected; fresh lists would settle it: ${said}`,
  reasons: {
    recalled: 'recalled',
    lost: 'lost',
    stolen: 'stolen',
    damaged: 'damaged',
    withdrawn: 'withdrawn',
    'key-compromise': 'the key fell into the wrong hands',
    other: 'another reason',
  },
  trustList: (sequence: number, issued: string, age: string) => `Trust list ${sequence} of ${issued}, ${age}`,
  revocationList: (sequence: number, issued: string, age: string) =>
    `Revocation list ${sequence} of ${issued}, ${age}`,
  age: (days: number): string => {
    if (days < 0) return 'ahead of this clock'
    return days === 0 ? 'less than a day old' : `${days} day${days === 1 ? '' : 's'} old`
  },
}
