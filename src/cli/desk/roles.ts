import { toHex } from '../../lib/bytes.ts'
import type { Config } from '../project/config.ts'
import { keyNames } from '../project/key-names.ts'
import { isAtHand, publicKeyOf } from '../project/keys.ts'
import type { Context } from '../shell/context.ts'

/** Whose desk this is, by the private keys that are here. */

/** True where keys of an office are: a root key, or the key of revocation lists. */
export const isOffice = (context: Context, config: Config): boolean =>
  [...config.roots.keys, ...(config.revocation === undefined ? [] : [config.revocation])].some((name) =>
    isAtHand(context, config, name),
  )

/** The public keys, in hexadecimal, whose private halves are here. */
export const keysHere = (context: Context, config: Config): ReadonlySet<string> =>
  new Set(
    [...keyNames(context), ...Object.keys(config.commands)]
      .filter((name) => isAtHand(context, config, name))
      .flatMap((name) => orNone(() => toHex(publicKeyOf(context, name)))),
  )

function orNone(read: () => string): string[] {
  try {
    return [read()]
  } catch {
    return [] // a file that holds no key is nobody's
  }
}

/** Whose runs are this desk's business: a printer's own; all of them anywhere else. */
export function isOurRun(context: Context, config: Config): (run: { readonly publicKey: string }) => boolean {
  const own = keysHere(context, config)
  const isPrinter = own.size > 0 && !isOffice(context, config)
  return ({ publicKey }) => !isPrinter || own.has(publicKey)
}
