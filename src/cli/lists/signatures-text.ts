import type { RootsDescription, TrustListDescription } from '../../trust/describe.ts'
import { nameOfKey } from '../project/key-names.ts'
import type { Context } from '../shell/context.ts'

/** Who signed a list, and who is still to sign: of its own root keys and, where these are others, of those in force. */
export function signaturesText(context: Context, { roots, givenRoots }: TrustListDescription): string {
  const { ceremony } = context.words
  if (givenRoots === undefined || givenRoots.version === roots.version) return setText(context, roots)
  return `${ceremony.oldKeys(setText(context, givenRoots))}; ${ceremony.newKeys(setText(context, roots))}`
}

function setText(context: Context, { threshold, signed, keys }: RootsDescription): string {
  const names = (hasSigned: boolean) =>
    keys
      .filter(({ signature }) => (signature === 'good') === hasSigned)
      .map(({ publicKey }) => nameOfKey(context, new Uint8Array(Buffer.from(publicKey, 'hex'))))
      .join(', ')
  return context.words.ceremony.signatures(names(true), threshold - signed, names(false))
}
