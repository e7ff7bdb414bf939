import { equalBytes } from '../../lib/bytes.ts'
import type { RunJob } from '../../run/job.ts'
import { MAX_ID } from '../../stamp/stamp.ts'
import type { TrustedIssuer } from '../../trust/trust-list.ts'
import type { Config } from '../project/config.ts'
import { nameOfKey } from '../project/key-names.ts'
import { publicKeyOf } from '../project/keys.ts'
import type { Standing } from '../runs/ready.ts'
import type { Context } from '../shell/context.ts'
import { Failure } from '../shell/io.ts'

/** What `read` answers; where a key has no such serials, its error says which it has, or who has them. */
export async function explained<T>(
  context: Context,
  config: Config,
  standing: Standing,
  job: RunJob,
  read: () => Promise<T>,
): Promise<T> {
  try {
    return await read()
  } catch (error) {
    if ((error as { code?: string | undefined }).code !== 'out_of_scope') throw error
    throw faultOf(context, config, standing, job) ?? error
  }
}

interface Span {
  readonly first: number
  readonly last: number
}

function faultOf(
  context: Context,
  config: Config,
  { trustList, issuer }: Standing,
  job: RunJob,
): Failure | undefined {
  const { issuers } = context.words
  const own = spansOf(issuer, job)
  const begin = Math.min(...own.map(({ first }) => first))
  if (job.first !== undefined && own.length > 0 && job.first < begin)
    return new Failure('no_scope', issuers.beginsAt(job, begin), issuers.beginsAtHow(begin))
  const end = Math.max(-1, ...own.map(({ last }) => last))
  const next = trustList.issuers.find(
    (each) => each !== issuer && spansOf(each, job).some(({ last }) => last > end),
  )
  if (next === undefined) return undefined
  const name = nameOfKey(context, next.publicKey)
  const isNamed = config.issuers.some(({ key }) => equalBytes(publicKeyOf(context, key), next.publicKey))
  return new Failure(
    'no_scope',
    issuers.endsAt(job, end, name),
    isNamed ? issuers.mayNotHow(name) : issuers.oldFileHow,
  )
}

const spansOf = ({ scope }: TrustedIssuer, { facility, product }: RunJob): Span[] =>
  scope
    .filter((range) => range.facility === facility && (range.product ?? product) === product)
    .map(({ first = 0, last = MAX_ID }) => ({ first, last }))
