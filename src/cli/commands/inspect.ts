import { existsSync } from 'node:fs'
import { decodeCborSequence } from '../../codec/cbor.ts'
import { decodeUtf8 } from '../../codec/utf8.ts'
import { decodeEnvelope } from '../../document/envelope.ts'
import { orRefused } from '../../document/refusal.ts'
import { sha256 } from '../../ed25519/sha2.ts'
import { toHex } from '../../lib/bytes.ts'
import { dateOf } from '../../lib/dates.ts'
import { isMalformed, Malformed } from '../../lib/errors.ts'
import { describeRevocationList, describeRevocationSlice } from '../../revocation/describe.ts'
import { decodeText, stripEnds } from '../../stamp/carrier.ts'
import { decodePayload, splitCode, versionOf } from '../../stamp/code.ts'
import { tidyScan } from '../../stamp/tidy.ts'
import { describeTrustList } from '../../trust/describe.ts'
import { describeTrustSlice } from '../../trust/describe-slice.ts'
import { documentKind } from '../../trust/document-kind.ts'
import { decodePins, encodePins, fingerprintOf } from '../../trust/pins.ts'
import { readGiven } from '../project/files.ts'
import { slicesHere } from '../project/list-files.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode, Failure } from '../shell/io.ts'
import { printable } from '../words/printable.ts'

/** Some bytes, where they stand and what they say. */
interface Part {
  readonly offset: number
  readonly hex: string
  readonly says: string
}

/** Explains a code, or a file that holds a document. It verifies nothing. */
export function inspectCommand(context: Context, given: string): ExitCode {
  if (existsSync(context.path(given))) return inspectDocument(context, given)
  try {
    const { carrier, code, prefix } = decodeText(stripEnds(tidyScan(given)))
    const parts = partsOf(code)
    const head = prefix === undefined ? carrier : `${carrier}, ${prefix}`
    const lines = parts.map(
      ({ offset, hex, says }) => `${String(offset).padStart(4)}  ${hex.padEnd(34)}  ${says}`,
    )
    context.report(
      { carrier, prefix, length: code.length, parts },
      [`${head}: ${code.length} bytes`, ...lines].join('\n'),
    )
    return EXIT.valid
  } catch (error) {
    if (!isMalformed(error)) throw error
    context.report({ malformed: error.detail }, `malformed: ${error.detail}`)
    return EXIT.invalid
  }
}

const CLAIMS: Readonly<Record<number, string>> = { 1: 'lot', 2: 'made', 3: 'expires', 4: 'seal' }

function partsOf(code: Uint8Array): Part[] {
  const version = versionOf(code)
  if (version !== 'v1') throw new Malformed(version === 'later' ? 'later_version' : 'no_code')
  const { payload, signature } = splitCode(code)
  decodePayload(payload)
  const parts: Part[] = []
  let offset = 0
  const put = (bytes: Uint8Array, says: string) => {
    parts.push({ offset, hex: toHex(bytes), says })
    offset += bytes.length
  }
  put(payload.subarray(0, 1), `array of ${payload[0]! & 15}`)
  for (const [i, { value, bytes }] of decodeCborSequence(payload.subarray(1), 5).entries()) {
    const name = ['key id', 'facility', 'product', 'serial', 'claims'][i]!
    if (value instanceof Map) {
      put(bytes.subarray(0, 1), `claims: map of ${value.size}`)
      const items = decodeCborSequence(bytes.subarray(1), 2 * value.size)
      for (let at = 0; at < items.length; at += 2) {
        const key = items[at]!.value as number
        put(
          items[at]!.bytes,
          `claim ${key}: ${CLAIMS[key] ?? (key < 16 ? 'unknown, critical' : 'unknown, may be ignored')}`,
        )
        put(items[at + 1]!.bytes, claimText(key, items[at + 1]!.value))
      }
    } else put(bytes, `${name} ${String(value)}`)
  }
  put(signature.subarray(0, 32), 'signature: R')
  put(signature.subarray(32), 'signature: s')
  return parts
}

function claimText(key: number, value: unknown): string {
  if ((key === 2 || key === 3) && typeof value === 'number') return dateOf(value)
  return value instanceof Uint8Array ? `${value.length} bytes` : printable(String(value))
}

function inspectDocument(context: Context, given: string): ExitCode {
  const bytes = readGiven(context, given)
  const kind = documentKind(bytes)
  if (kind === 'pins') return inspectPins(context, bytes)
  const slices = slicesHere(context, context.path(given), bytes)
  const trust = describeTrustList(bytes, { slices })
  if (trust.ok) {
    context.report(trust, JSON.stringify(trust, null, 2))
    return EXIT.valid
  }
  const opened = orRefused(() => ({ ok: true as const, envelope: decodeEnvelope(bytes) }))
  const slice = opened.ok ? undefined : sliceIn(bytes)
  if (slice !== undefined) {
    context.report(slice, JSON.stringify(slice, null, 2))
    return EXIT.valid
  }
  if (!opened.ok) {
    throw new Failure(
      'not_a_document',
      `${context.words.notADocument} (${kind === 'private_key' ? kind : (opened.detail ?? opened.reason)})`,
      undefined,
      EXIT.invalid,
    )
  }
  const { context: name, body, signatures } = opened.envelope
  const revocation = describeRevocationList(bytes, { slices })
  const told = {
    context: printable(name),
    bytes: bytes.length,
    body: body.length,
    digest: toHex(sha256(body)),
    signatures: signatures.map(({ publicKey, signature }) => ({
      publicKey: toHex(publicKey),
      signature: toHex(signature),
    })),
    ...(name === 'veristamp:revoc1' && { says: revocation.ok ? revocation.list : revocation }),
  }
  context.report(told, JSON.stringify(told, null, 2))
  return EXIT.valid
}

/** A slice and its range: the list that names it may give it a wider one. */
function sliceIn(bytes: Uint8Array): object | undefined {
  const own = { bytes: bytes.length, sha256: toHex(sha256(bytes)) }
  const trust = describeTrustSlice(bytes)
  if (trust.ok) {
    const { ok: _, ...says } = trust
    const keyIds = says.issuers.map(({ keyId }) => keyId)
    const range = keyIds.length > 0 && { firstKeyId: Math.min(...keyIds), lastKeyId: Math.max(...keyIds) }
    return { slice: 'trust_list', ...own, ...range, says }
  }
  const revocation = describeRevocationSlice(bytes)
  if (!revocation.ok) return undefined
  const { ok: _, ...says } = revocation
  return { slice: 'revocation_list', ...own, says }
}

/** Pins, with the fingerprint that people compare. */
function inspectPins(context: Context, bytes: Uint8Array): ExitCode {
  const decoded = decodePins(decodeUtf8(bytes, true))
  const told = decoded.ok
    ? { ...JSON.parse(encodePins(decoded.pins)), fingerprint: fingerprintOf(decoded.pins) }
    : { ...decoded, detail: decoded.detail && printable(decoded.detail) }
  context.report(told, JSON.stringify(told, null, 2))
  return decoded.ok ? EXIT.valid : EXIT.invalid
}
