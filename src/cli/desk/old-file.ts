import { equalBytes } from '../../lib/bytes.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import type { Config } from '../project/config.ts'
import { nameOfKey } from '../project/key-names.ts'
import { publicKeyOf } from '../project/keys.ts'
import type { Context } from '../shell/context.ts'
import { isOffice } from './roles.ts'

/**
 * The issuers of the trust list that a printer's copy of the project's file does not name: the authority has changed it
 * since. At the office the file is ahead of the list, not behind it.
 */
export function newerIssuers(context: Context, config: Config, { issuers }: TrustList): string[] {
  if (isOffice(context, config)) return []
  const own = config.issuers.map(({ key }) => publicKeyOf(context, key))
  return issuers
    .filter(({ publicKey }) => !own.some((each) => equalBytes(each, publicKey)))
    .map(({ publicKey }) => nameOfKey(context, publicKey))
}
