import { argumentRange } from './errors.ts'

/** Addresses of servers that are sent something. */

/** True for this machine itself: nobody can read on the way what is sent there. */
export const isLoopback = (host: string): boolean => /^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(host)

/**
 * The server's address without a slash at its end.
 * @throws an argument error, which repeats no user, password, query and fragment
 */
export function baseOf(name: string, given: string, allowHttp: boolean): string {
  const url = URL.canParse(given) ? new URL(given) : undefined
  const expected = 'an address that begins https://, without a user, a query and a fragment'
  const isPlain = url !== undefined && url.username + url.password + url.search + url.hash === ''
  if (!isPlain || !/^https?:$/.test(url.protocol)) throw argumentRange(name, expected, masked(given))
  if (url.protocol === 'http:' && !allowHttp && !isLoopback(url.hostname))
    throw argumentRange(name, `${expected}; http only if it is allowed`, given)
  return (url.origin + url.pathname).replace(/\/+$/, '')
}

/** Whatever may be a secret is left out, also of what is no address. */
const masked = (given: string): string =>
  given.replace(/[?#].*$/s, '?…').replace(/^([a-z]+:\/\/)?.*@/is, '$1…@')
