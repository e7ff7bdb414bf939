/** Addresses that a capture server names. */

const MAX_ADDRESS = 2000

/**
 * Where a job may be found, the likeliest first: a path that the server gives may be meant from the root of the host, as
 * addresses are, or from the server's own. Empty for what leads to another host.
 */
export function jobAddresses(base: string, location: string | null): string[] {
  if (location === null || location === '' || location.length > MAX_ADDRESS) return []
  const { origin } = new URL(base)
  const candidates = [
    urlsOf(location, `${base}/capture`),
    /^\/(?!\/)/.test(location) ? urlsOf(base + location) : [],
  ].flat()
  const own = candidates.filter((url) => url.origin === origin && url.username + url.password === '')
  return [...new Set(own.map((url) => url.origin + url.pathname + url.search))]
}

/** None for what is no address. */
const urlsOf = (text: string, base?: string): URL[] => (URL.canParse(text, base) ? [new URL(text, base)] : [])
