import { equalBytes } from '../../lib/bytes.ts'
import type { TrustedIssuer } from '../../trust/trust-list.ts'
import type { NextList } from '../lists/next-list.ts'
import { findKeyName } from '../project/key-names.ts'
import { publicKeyOf } from '../project/keys.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'

/**
 * An issuer of the trust list by what people call it: the name of its key, or its key id where no other has that.
 * @throws Failure `no_issuer` or `key_id_shared`
 */
export function issuerNamed(
  context: Context,
  { config, trustList }: Pick<NextList, 'config' | 'trustList'>,
  name: string,
): TrustedIssuer {
  const { words } = context
  const isOwn = config.issuers.some(({ key }) => key === name)
  const byKey = trustList.issuers.filter(({ publicKey }) =>
    isOwn ? equalBytes(publicKey, publicKeyOf(context, name)) : findKeyName(context, publicKey) === name,
  )
  const found =
    byKey.length > 0 || isOwn ? byKey : trustList.issuers.filter(({ keyId }) => String(keyId) === name)
  if (found.length === 0) throw new Failure('no_issuer', words.noIssuer(name), words.noScopeHow)
  if (found.length > 1) throw new Failure('key_id_shared', words.sharedKeyId(name), words.sharedKeyIdHow)
  return found[0]!
}
