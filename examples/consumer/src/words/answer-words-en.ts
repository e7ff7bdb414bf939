import type { AnswerWords } from './words.ts'

export const en: AnswerWords = {
  title: 'Stamp check',
  checking: 'Checking…',
  answers: {
    valid: 'Valid',
    wrong_code: 'Hidden code is wrong',
    not_valid: 'Not valid',
    forged: 'Forged',
    revoked: 'Revoked',
    expired: 'Expired',
    unknown: 'Not trusted',
    no_stamp: 'Not a stamp',
    unsure: 'Can’t tell',
    unchecked: 'Not checked',
    elsewhere: 'Wrong address',
    framed: 'No answer here',
  },
  valid: (authority) => `${authority} issued this stamp, and it has not been revoked.`,
  unchecked: 'This authority keeps no revocation list, so it can’t revoke stamps.',
  notMeant:
    'Anyone can photograph this stamp and stick it on other goods: a valid stamp is no proof of the goods.',
}
