import { encodeUtf8 } from '../codec/utf8.ts'
import { sha256 } from '../ed25519/sha2.ts'
import { anyText, checkTable, ifGiven, listOf } from '../lib/arguments.ts'
import { isPlain } from '../lib/brand.ts'
import { toHex } from '../lib/bytes.ts'
import { argumentType } from '../lib/errors.ts'
import { canonicalText, canonicalTime, numberText } from './canonical-value.ts'
import { type FieldRule, LAST, NEVER, ORDERED } from './event-fields.ts'
import { expand, type Prefixes, prefixesOf } from './prefixes.ts'

export interface EventHashOptions {
  /** The document's `@context`, where the event's fields have prefixes of somebody's own. */
  readonly context?: unknown
  /** Fields of the event that the hash passes over, spelled as the event spells them: what a repository adds. */
  readonly ignore?: readonly string[] | undefined
}

/**
 * The hash of an EPCIS 2.0 event in JSON-LD, by which CBV 2.0 names events: the same event has the same id wherever and
 * however it is written down, so sending it twice changes nothing.
 *
 * `eventID`, `recordTime`, `errorDeclaration` and comments take no part. It is our own, and agrees with the vectors of the
 * reference implementation (RalphTro/epcis-event-hash-generator). By the standard's rule for numbers, `007` and `7` hash alike, in
 * a lot too; numbers of more than 15 digits stay as they are spelled.
 * @example
 * ```ts
 * import { eventHash } from 'veristamp/gs1'
 *
 * const seen = { type: 'ObjectEvent', eventTime: '2026-11-29T15:00:00+07:00', action: 'OBSERVE', 'my:shelf': 'A' }
 * eventHash(seen, { context: { my: 'https://shop.example/' } }) // → 'ni:///sha-256;…'
 * ```
 */
export function eventHash(event: object, options: EventHashOptions = {}): string {
  return `ni:///sha-256;${toHex(sha256(encodeUtf8(hashedText(event, options))))}?ver=CBV2.0`
}

/** The text that is hashed, which shows where two hashes differ. */
export function hashedText(event: object, options: EventHashOptions = {}): string {
  checkTable('options', options, { context: () => {}, ignore: ifGiven(listOf(anyText)) })
  if (!isJsonObject(event)) throw argumentType('event', 'an EPCIS event', event)
  anyText('event.type', event.type)
  const prefixes = prefixesOf(options.context, event['@context'])
  const spelling = new Spelling(prefixes)
  const left = new Set(Object.keys(event))
  for (const name of [...NEVER, ...(options.ignore ?? [])]) left.delete(name)
  const take = (rule: FieldRule): string => {
    const isThere = left.delete(rule.name)
    return isThere ? spelling.field(rule, event[rule.name]) : ''
  }
  const ordered = ORDERED.map(take).join('')
  const last = [...LAST.map(take), ...spelling.others(event, left)]
  return `eventType=${expand(event.type as string, prefixes)}${ordered}${sorted(last).join('')}`
}

type JsonObject = Readonly<Record<string, unknown>>

const isJsonObject = (value: unknown): value is JsonObject =>
  isPlain(value as object) && !Array.isArray(value)

const itemsOf = (value: unknown): readonly unknown[] => (Array.isArray(value) ? value : [value])

/** What no hash takes, at any depth. */
const SILENT = ['@context', 'comment', 'rdfs:comment']

class Spelling {
  readonly #prefixes: Prefixes
  constructor(prefixes: Prefixes) {
    this.#prefixes = prefixes
  }

  /** A field that has its place; nothing for one that says nothing. */
  field(rule: FieldRule, value: unknown): string {
    const { name, item = name } = rule
    const items = itemsOf(value).map((each) => this.#item(item, each, rule))
    const spelled = sorted(items.filter((each) => each !== '')).join('')
    return rule.item === undefined || spelled === '' ? spelled : name + spelled
  }

  #item(name: string, value: unknown, rule: FieldRule): string {
    if (!isJsonObject(value)) {
      const text = this.#text(rule.name, value, rule)
      return text === '' ? '' : `${name}=${text}`
    }
    const left = new Set(Object.keys(value))
    const own = (rule.fields ?? []).map((each) =>
      left.delete(each.name) ? this.field(each, value[each.name]) : '',
    )
    const spelled = own.join('') + sorted(this.others(value, left)).join('')
    return spelled === '' ? '' : name + spelled
  }

  /** Fields without a place: those of others, each with its namespace. */
  others(of: JsonObject, names: Iterable<string>): string[] {
    const spelled: string[] = []
    for (const name of names) {
      if (SILENT.includes(name)) continue
      const full = expand(name, this.#prefixes, '{}')
      const isList = full.endsWith('List')
      const items = itemsOf(of[name]).flatMap((value) =>
        this.#other(isList ? full.slice(0, -4) : full, value),
      )
      if (!isList) spelled.push(...items)
      else if (items.length > 0) spelled.push(full + sorted(items).join(''))
    }
    return spelled
  }

  #other(name: string, value: unknown): string[] {
    if (value === null || value === undefined) return []
    if (isJsonObject(value)) return [name + sorted(this.others(value, Object.keys(value))).join('')]
    if (Array.isArray(value)) return [name + sorted(value.flatMap((each) => this.#other('', each))).join('')]
    const text = this.#text(name, value)
    return [text === '' ? name : `${name}=${text}`]
  }

  #text(name: string, value: unknown, { isTime, words }: Partial<FieldRule> = {}): string {
    if (value === null || value === undefined) return ''
    if (typeof value === 'boolean') return String(value)
    if (typeof value === 'number') return numberText(value)
    if (typeof value !== 'string') throw argumentType(`event.${name}`, 'a text, a number or a list', value)
    const text = value.trim()
    if (isTime) return canonicalTime(text)
    if (words !== undefined && /^\w+$/.test(text)) return words + text
    return canonicalText(expand(text, this.#prefixes))
  }
}

/** In the order of their Unicode numbers, which is that of their UTF-8. */
function sorted(texts: string[]): string[] {
  // JavaScript's own order is that of UTF-16, which puts what has two units before U+E000 to U+FFFF.
  if (!texts.some((text) => /[\ud800-\udfff]/.test(text))) return texts.sort()
  return texts
    .map((text) => ({ text, points: Array.from(text, (letter) => letter.codePointAt(0)!) }))
    .sort((a, b) => comparePoints(a.points, b.points))
    .map(({ text }) => text)
}

function comparePoints(a: readonly number[], b: readonly number[]): number {
  const at = a.findIndex((point, index) => point !== b[index])
  return at === -1 ? a.length - b.length : a[at]! - (b[at] ?? -1)
}
