import type { ListFiles } from '../../document/named-slices.ts'
import { sha256 } from '../../ed25519/sha2.ts'
import { equalBytes, fromHex } from '../../lib/bytes.ts'
import type { RevocationContent } from '../../revocation/content.ts'
import { runsOf, serialSetOf, subtractSet } from '../../revocation/serial-set-algebra.ts'
import type { IssuerDescription } from '../../trust/describe.ts'
import { compareTrustLists, isChange, type TrustListDifference } from '../../trust/difference.ts'
import type { ScopeRange } from '../../trust/scope.ts'
import { reservationsOf } from '../project/files.ts'
import { nameOfKey } from '../project/key-names.ts'
import { revocationContent } from '../project/list-files.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'
import { countOf, goodSerials } from './revocation-effect.ts'

/**
 * Stamps that were signed, or may have been, and that a trust list would make invalid. Only a revocation may do that: it
 * says why, and nobody does it by a slip of the pen.
 */
export interface AtStake {
  readonly facility: number
  readonly product: number
  readonly first: number
  readonly last: number
  /** Absent where only a watermark tells of them. */
  readonly count?: number | undefined
}

/** @throws Failure `stamps_at_stake`, which names them and what to do instead */
export function checkNoneDies(context: Context, before: ListFiles, draft: ListFiles): void {
  const { words } = context
  const changes = compareTrustLists(before, draft)
  const now = context.io.now().toISOString()
  const revocation = revocationContent(context)
  const gone = new Set(changes.products.removed.map(({ id }) => id))
  for (const { publicKey, ranges, what } of losses(changes, now)) {
    const stamps = stampsOf(context, publicKey, ranges, revocation).filter(
      ({ product }) => !gone.has(product),
    )
    if (stamps.length === 0) continue
    const key = nameOfKey(context, fromHex(publicKey))
    const fact = [
      words.issuers.atStake[what](key),
      ...stamps.map((each) => `- ${words.issuers.stamps(each)}`),
    ]
    throw new Failure('stamps_at_stake', fact.join('\n'), words.issuers.atStakeHow[what](key))
  }
}

interface Loss {
  readonly publicKey: string
  /** Absent for all that the key signed. */
  readonly ranges?: readonly ScopeRange[] | undefined
  readonly what: 'gone' | 'keyId' | 'scope'
}

/** What keys lose that are still accepted today. */
function losses({ issuers }: TrustListDifference, now: string): Loss[] {
  const isAccepted = ({ notAfter }: Pick<IssuerDescription, 'notAfter'>) => notAfter >= now
  const gone = issuers.removed
    .filter(isAccepted)
    .map(({ publicKey }) => ({ publicKey, what: 'gone' as const }))
  const changed = issuers.changed
    .filter(({ notAfter }) => notAfter.from! >= now)
    .flatMap(({ publicKey, keyId, lost }): Loss[] => {
      if (isChange(keyId)) return [{ publicKey, what: 'keyId' }]
      return lost.length > 0 ? [{ publicKey, ranges: lost, what: 'scope' }] : []
    })
  return [...gone, ...changed]
}

const MAX = Number.MAX_SAFE_INTEGER

/** What a key signed by the runs at hand, or may have signed by its watermarks, and what of it is good. */
export function stampsOf(
  context: Context,
  publicKey: string,
  ranges: readonly ScopeRange[] | undefined,
  revocation: RevocationContent | undefined,
): AtStake[] {
  const key = fromHex(publicKey)
  const runs = reservationsOf(context).filter((run) => run.publicKey === publicKey)
  const marks = (revocation?.watermarks ?? []).filter(
    (mark) => mark.serial > 0 && equalBytes(mark.key, sha256(key)),
  )
  const products = new Map([...runs, ...marks].map((each) => [`${each.facility} ${each.product}`, each]))
  return [...products.values()].flatMap(({ facility, product }) => {
    const isOf = (each: { facility: number; product?: number | undefined }) =>
      each.facility === facility && (each.product ?? product) === product
    const own = runs.filter(isOf)
    const mark = marks.find(isOf)
    const signed = serialSetOf(
      own.length > 0 || mark === undefined
        ? own.map(({ first, last }) => ({ first, last }))
        : [{ first: 0, last: mark.serial }],
    )
    const lost = serialSetOf(
      ranges?.filter(isOf).map(({ first = 0, last = MAX }) => ({ first, last })) ?? [{ first: 0, last: MAX }],
    )
    const dying = subtractSet(signed, subtractSet(signed, lost))
    const good = revocation ? goodSerials(revocation, key, { facility, product }, dying) : dying
    const spans = [...runsOf(good)]
    if (spans.length === 0) return []
    const count = own.length > 0 ? countOf(good) : undefined
    return [{ facility, product, first: spans[0]!.first, last: spans.at(-1)!.last, count }]
  })
}
