import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { canonicalText, canonicalTime, numberText } from '../../src/gs1/canonical-value.ts'
import { eventHash, hashedText } from '../../src/gs1/event-hash.ts'
import { gs1Data, hasGs1Data, whyNoGs1Data } from '../support/gs1-data.ts'

const VECTORS = [
  'ReferenceEventHashAlgorithm',
  'ReferenceEventHashAlgorithm2',
  'ReferenceEventHashAlgorithm3',
  'TimeStampRoundOff',
  'epcisDocHavingEventWithIgnoreFields',
  'epcisDocWithAllGS1Keys',
  'epcisDocWithShippingAndTransportingEvent',
]
/** One file of texts before the hash is garbled where it comes from. */
const WITHOUT_TEXTS = 'epcisDocWithAllGS1Keys'

const linesOf = (file: string) => gs1Data(`event-hash/${file}`).trim().split(/\r?\n/)

describe.skipIf(!hasGs1Data)(`the hash of an event${whyNoGs1Data}`, () => {
  it.each(VECTORS)('is that of the reference implementation: %s', (name) => {
    const document = JSON.parse(gs1Data(`event-hash/${name}.jsonld`))
    const options = { context: document['@context'], ignore: document['repository-x:ignoreFields'] }
    const events: object[] = document.epcisBody.eventList
    if (name !== WITHOUT_TEXTS)
      expect(events.map((event) => hashedText(event, options))).toEqual(linesOf(`${name}.prehashes`))
    expect(events.map((event) => eventHash(event, options))).toEqual(linesOf(`${name}.hashes`))
  })
})

const CONTEXT = { a: 'https://a.example/', b: 'https://b.example/voc#' }

/** Texts that stand for themselves, alone and behind others: no number, no prefix, no white space around. */
const word = fc
  .string({ unit: 'binary', minLength: 1, maxLength: 8 })
  .filter((text) => text.trim() === text && !/[:/?#]/.test(text) && canonicalText(text) === text)
const value: fc.Arbitrary<unknown> = fc.letrec((tie) => ({
  value: fc.oneof({ depthSize: 'small' }, word, fc.integer(), fc.boolean(), tie('list'), tie('object')),
  list: fc.array(word, { minLength: 1, maxLength: 3 }),
  object: fc.dictionary(fc.constantFrom('a:x', 'a:y', 'b:z'), tie('value'), { minKeys: 1, maxKeys: 3 }),
})).value

const epc = fc
  .integer({ min: 1, max: 9999 })
  .map((serial) => `https://id.gs1.org/01/08935000000120/21/${serial}`)
const anEvent = fc.record(
  {
    type: fc.constantFrom('ObjectEvent', 'TransactionEvent'),
    eventTime: fc
      .date({ min: new Date(0), max: new Date('2100-01-01'), noInvalidDate: true })
      .map((t) => t.toISOString()),
    eventTimeZoneOffset: fc.constantFrom('+07:00', 'Z'),
    epcList: fc.uniqueArray(epc, { minLength: 1, maxLength: 4 }),
    action: fc.constantFrom('ADD', 'OBSERVE'),
    bizStep: fc.constantFrom('shipping', 'packing'),
    readPoint: fc.record({ id: word, 'a:shelf': word }, { requiredKeys: ['id'] }),
    bizTransactionList: fc.array(fc.record({ type: fc.constantFrom('po', 'inv'), bizTransaction: word }), {
      minLength: 1,
      maxLength: 3,
    }),
    quantityList: fc.array(fc.record({ epcClass: word, quantity: fc.integer() }), {
      minLength: 1,
      maxLength: 3,
    }),
    'a:own': value,
    'b:own': value,
  },
  { requiredKeys: ['type', 'eventTime', 'eventTimeZoneOffset', 'action'] },
)

/** The same value with its fields and its lists the other way round. */
const turned = (value: unknown): unknown => {
  if (Array.isArray(value)) return value.map(turned).reverse()
  if (typeof value !== 'object' || value === null) return value
  return Object.fromEntries(
    Object.entries(value)
      .map(([name, each]) => [name, turned(each)])
      .reverse(),
  )
}

type Path = readonly (string | number)[]
const leavesOf = (value: unknown, path: Path = []): Path[] =>
  typeof value === 'object' && value !== null
    ? Object.entries(value).flatMap(([name, each]) => leavesOf(each, [...path, name]))
    : [path]

const changed = (value: unknown, [step, ...rest]: Path, change: (leaf: unknown) => unknown): unknown => {
  if (step === undefined) return change(value)
  const copy = (Array.isArray(value) ? [...value] : { ...(value as object) }) as Record<string, unknown>
  copy[step] = changed(copy[step], rest, change)
  return copy
}

const hashOf = (event: unknown) => eventHash(event as object, { context: CONTEXT })

describe('a hash', () => {
  it('does not depend on the order of fields and of lists', () => {
    fc.assert(
      fc.property(anEvent, (event) => {
        expect(hashOf(turned(event))).toBe(hashOf(event))
      }),
    )
  })

  it('does not depend on what a namespace is called', () => {
    fc.assert(
      fc.property(anEvent, (event) => {
        const renamed = JSON.parse(JSON.stringify(event).replaceAll('"a:', '"other:'))
        const context = [
          'https://c.example/context.jsonld',
          { other: { '@id': CONTEXT.a } },
          { b: CONTEXT.b },
        ]
        expect(eventHash(renamed, { context })).toBe(hashOf(event))
        expect(eventHash({ ...renamed, '@context': context })).toBe(hashOf(event))
      }),
    )
  })

  it('is another one as soon as a value is another one', () => {
    fc.assert(
      fc.property(anEvent, fc.nat(), word, (event, pick, other) => {
        const leaves = leavesOf(event)
        const path = leaves[pick % leaves.length]!
        const altered = changed(event, path, (leaf) =>
          typeof leaf === 'number' ? leaf + 1 : `${leaf}${other}`,
        )
        expect(hashOf(altered)).not.toBe(hashOf(event))
      }),
    )
  })

  it('is another one with a field more', () => {
    fc.assert(
      fc.property(anEvent, value, (event, more) => {
        expect(hashOf({ ...event, 'a:more': more })).not.toBe(hashOf(event))
      }),
    )
  })

  it('passes over ids, comments, declarations of errors and what it is told to', () => {
    const event = { type: 'ObjectEvent', eventTime: '2026-01-01T00:00:00Z', action: 'ADD', 'a:x': '1' }
    const more = {
      ...{ eventID: 'urn:x', recordTime: '2026-01-02T00:00:00Z', comment: 'c', 'rdfs:comment': 'c' },
      errorDeclaration: { declarationTime: '2026-01-02T00:00:00Z' },
      'a:seen': 'y',
    }
    const ignore = ['a:seen']
    expect(eventHash({ ...event, ...more }, { context: CONTEXT, ignore })).toBe(hashOf(event))
    expect(hashOf({ ...event, ...more })).not.toBe(hashOf(event))
  })

  it('sorts letters beyond U+FFFF behind all others, as UTF-8 does', () => {
    const event = { type: 'ObjectEvent', 'a:x': ['\u{1f600}', '\uffee', 'z'] }
    expect(hashedText(event, { context: CONTEXT })).toBe(
      'eventType=ObjectEvent{https://a.example/}x=z{https://a.example/}x=\uffee{https://a.example/}x=\u{1f600}',
    )
  })

  it('refuses what is no JSON', () => {
    expect(() => eventHash({ type: 'ObjectEvent', 'a:x': () => {} })).toThrow(
      'event.a:x: expected a text, a number or a list, got function',
    )
    expect(() => eventHash({})).toThrow('event.type: expected a text, got undefined')
  })
})

describe('a value before it is hashed', () => {
  it.each([
    ['2023-02-02T11:04:03.1415Z', '2023-02-02T11:04:03.142Z'],
    ['2023-02-02T11:04:03.1414999Z', '2023-02-02T11:04:03.141Z'],
    ['2023-02-02T11:04:03.1425Z', '2023-02-02T11:04:03.143Z'],
    ['2023-12-31T23:59:59.9995-01:30', '2024-01-01T01:30:00.000Z'],
    ['2020-03-04T11:00:30+01:00', '2020-03-04T10:00:30.000Z'],
    ['0099-03-04T11:00:30Z', '0099-03-04T11:00:30.000Z'],
    ['2020-02-30T11:00:30Z', '2020-02-30T11:00:30Z'],
    ['2020-03-04T11:00:30', '2020-03-04T11:00:30'],
    ['yesterday', 'yesterday'],
  ])('is a time to the millisecond in UTC: %s', (text, canonical) => {
    expect(canonicalTime(text)).toBe(canonical)
  })

  it.each([
    ['1.0', '1'],
    ['+007', '7'],
    ['-0.50', '-0.5'],
    ['1e3', '1000'],
    ['.25', '0.25'],
    ['0.00001', '1e-05'],
    ['12345678901234567', '12345678901234567'],
    ['L-7', 'L-7'],
    ['', ''],
  ])('is a number without what says nothing: %s', (text, canonical) => {
    expect(canonicalText(text)).toBe(canonical)
  })

  it('has no exponent for whole numbers', () => {
    expect([numberText(1e21), numberText(-0), numberText(0.1)]).toEqual([
      '1000000000000000000000',
      '0',
      '0.1',
    ])
  })

  const DL = 'https://id.gs1.org/'
  it.each([
    ['urn:epc:id:gdti:987659999999..9', '253/98765999999929'],
    ['urn:epc:id:cpi:0614141.11111111111111-A%23%2F.1234', '8010/061414111111111111111-A%23%2F/8011/1234'],
    [
      'urn:epc:id:upui:1234567.098765.51qIgY)%3C%26Jp3*j7SDB',
      '01/01234567987651/235/51qIgY%29%3C%26Jp3%2Aj7SDB',
    ],
    ['urn:epc:id:pgln:999999999999.', '417/9999999999994'],
    ['urn:epc:id:sgtin:4012345.011111.a.b', '01/04012345111118/21/a.b'],
    ['urn:epc:idpat:upui:4012345.012345.*', '01/04012345123456'],
    ['https://example.com/gtin/09780345418913/21/765tz?abc=211121', '01/09780345418913/21/765tz'],
    ['http://example.de/gtin-8/01/97803111', '01/00000097803111'],
    ['https://example.com/some/path/01/001122334455/ser/GHB/', '01/00001122334455/21/GHB'],
    ['https://example.com/01/09780345418913/22/2A/10/L1/21/7', '01/09780345418913/21/7'],
    ['https://example.com/01/09780345418913/10/L%2F1', '01/09780345418913/10/L%2F1'],
  ])('is a key of GS1 at id.gs1.org: %s', (text, canonical) => {
    expect(canonicalText(text)).toBe(DL + canonical)
  })

  it.each([
    'urn:epc:id:sgtin:4012345.01111.9876',
    'urn:epc:id:sgtin:4012345.011111',
    'urn:epc:class:sgtin:4012345.011111.9876',
    'urn:epc:id:other:4012345.011111.9876',
    'https://example.com/01/09780345418/21/7',
    'https://example.com/01/09780345418913/99/7',
    'https://example.com/01/09780345418913/21',
    'https://example.com/',
    'geo:50.947573340894124,6.922120147375441',
  ])('stays what it is: %s', (text) => {
    expect(canonicalText(text)).toBe(text)
  })
})
