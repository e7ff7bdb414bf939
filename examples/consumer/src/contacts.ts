import type { Signed } from 'veristamp/verify'
import type { Config } from './config.ts'

const CONTACT = /^(tel:\+?[0-9.-]{3,20}|mailto:[^\s?&]{3,100}|\/[\w./-]{0,100})$/
const MAX_CONTACTS = 4

/** Where to report: what the signed catalogue says of the facility (its field `report`), else what the site says. */
export function contactsOf(
  { report }: Config,
  signed: Pick<Signed, 'facility'> | undefined,
): readonly string[] {
  const own = signed?.facility?.report
  const contacts = typeof own === 'string' ? own.split(/[\s,;]+/) : report
  return contacts.filter((contact) => CONTACT.test(contact)).slice(0, MAX_CONTACTS)
}
