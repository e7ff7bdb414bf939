import { createHash } from 'node:crypto'
import { Malformed } from '../../lib/errors.ts'

/**
 * JSON in a file that tells when it was damaged: a line with its format and the SHA-256 of the rest. No guard
 * against people who mean to change it. Line ends are no damage: git and editors write them their way, and JSON has
 * none inside its texts.
 */

export function encodeChecked(format: string, value: unknown): string {
  const rest = `${JSON.stringify(value, null, 1)}\n`
  return `${format} ${checksum(rest)}\n${rest}`
}

/** @throws Malformed `store_format` or `store_checksum` */
export function decodeChecked(format: string, given: string): unknown {
  const text = given.replaceAll('\r\n', '\n')
  const end = text.indexOf('\n')
  const [name, sum] = text.slice(0, end).split(' ')
  if (name !== format) throw new Malformed('store_format')
  const rest = text.slice(end + 1)
  if (checksum(rest) !== sum) throw new Malformed('store_checksum')
  try {
    return JSON.parse(rest)
  } catch {
    throw new Malformed('store_format')
  }
}

const checksum = (text: string): string => createHash('sha256').update(text).digest('hex')
