import { readContentDigest } from '../../fleet/content-digest.ts'
import type { Fleet } from '../../fleet/open.ts'
import { type NotTaken, receiveShard } from '../../fleet/receive-shard.ts'
import { LATER, refusal } from './answers.ts'
import { BodyFault, bodyPieces, Gate } from './limits.ts'
import { labelled, type Metrics } from './metrics.ts'

/** Files that are received at once. */
const RECEIVED = 8
/** Milliseconds without a byte after which a file is given up. */
const PATIENCE = 30_000

const STATUS: Readonly<Record<NotTaken, number>> = {
  unknown: 404,
  too_long: 413,
  void: 409,
  fence: 409,
  length: 400,
  digest: 400,
}

/** After these the rest of a body is not read. */
const CLOSES = { Connection: 'close' }

/** Answers `PUT /shards/<name>` for those who have the token (docs/spec/runs.md, "Shards that are sent"). */
export function shardsAnswerer(
  fleet: Fleet,
  metrics: Metrics,
): (name: string, request: Request) => Promise<Response> {
  const receiving = new Gate(RECEIVED)
  const refused = (response: Response, reason: string): Response => {
    metrics.count(`veristamp_shard_files_refused_total{reason=${labelled(reason)}}`)
    return response
  }
  const refuse = (status: number, reason: string, headers: Record<string, string> = CLOSES): Response =>
    refused(refusal(status, reason, {}, headers), reason)
  const take = async (name: string, request: Request, size: number, sha256: string): Promise<Response> => {
    const pieces = bodyPieces(request, { max: size, milliseconds: PATIENCE, each: true })
    try {
      const why = await receiveShard(fleet, { name, size, sha256, pieces })
      if (why !== undefined) return refuse(STATUS[why], why)
    } catch (error) {
      if (error instanceof BodyFault)
        return error.fault === 'too_slow' ? refuse(408, 'too_slow') : refuse(STATUS.length, 'length')
      if (isFull(error)) return refuse(507, 'full')
      throw error
    }
    metrics.count('veristamp_shard_files_taken_total')
    metrics.count('veristamp_shard_bytes_total', size)
    return new Response(null, { status: 204 })
  }
  return async (name, request) => {
    const { headers } = request
    if (headers.has('content-encoding')) return refuse(415, 'content_encoding')
    if (headers.has('content-range')) return refuse(400, 'content_range')
    const length = headers.get('content-length') ?? ''
    if (!/^\d{1,15}$/.test(length)) return refuse(411, 'content_length')
    const sha256 = readContentDigest(headers.get('content-digest'))
    if (sha256 === undefined) return refuse(400, 'content_digest')
    const answer = await receiving.pass(() => take(name, request, Number(length), sha256))
    return answer ?? refuse(503, 'busy', { ...LATER, ...CLOSES })
  }
}

/** The disk has no room left, or what this user may fill of it. */
const isFull = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT'].includes(String((error as NodeJS.ErrnoException).code))
