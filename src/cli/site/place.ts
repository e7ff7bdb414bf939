/** Where a site lies: at what stands before the digits of its stamps. */
export interface SitePlace {
  /** As browsers spell it: `https://tem.example`. */
  readonly origin: string
  /** From the host on: `/` or `/QNI/`. */
  readonly path: string
}

/** The place of a prefix: `HTTPS://TEM.EXAMPLE/QNI/`, also with `#` at its end. */
export function placeOf(prefix: string): SitePlace {
  const [, host, path] = /^HTTPS:\/\/([^/]+)(\/.*?)#?$/.exec(prefix)!
  return { origin: new URL(`https://${host}`).origin, path: path! }
}

/** The page's address, as stamps have it. */
export const pageOf = ({ origin, path }: SitePlace): string => origin + path
