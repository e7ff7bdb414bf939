/**
 * The fields of EPCIS events in the order in which their hash takes them (CBV 2.0, "canonical property order"). Sources,
 * destinations, transactions and `ilmd` come last, with the fields of others, in the order of their letters: there the
 * vectors of the reference implementation differ from the standard's own table, and we follow the vectors.
 */

export interface FieldRule {
  readonly name: string
  /** What stands before each item of a list. The list's own name then stands once, before them all. */
  readonly item?: string
  readonly fields?: readonly FieldRule[]
  readonly isTime?: boolean
  /** What a word of the vocabulary stands for when it is written alone. */
  readonly words?: string
}

const CBV = 'https://ref.gs1.org/cbv/'
/** GS1's web vocabulary, as the context of EPCIS 2.0 has it. */
const GS1 = 'https://gs1.org/voc/'

const plain = (...names: readonly string[]): FieldRule[] => names.map((name) => ({ name }))
const time = (...names: readonly string[]): FieldRule[] => names.map((name) => ({ name, isTime: true }))
const word = (name: string, kind: string): FieldRule => ({ name, words: CBV + kind })
const epcs = (name: string): FieldRule => ({ name, item: 'epc' })
const quantities = (name: string): FieldRule => ({
  name,
  item: 'quantityElement',
  fields: plain('epcClass', 'quantity', 'uom'),
})
const pairs = (name: string, kind: string, value: string): FieldRule => ({
  name,
  item: '',
  fields: [word('type', kind), ...plain(value)],
})
const place = (name: string): FieldRule => ({ name, fields: plain('id') })

const sensorElement: readonly FieldRule[] = [
  {
    name: 'sensorMetadata',
    fields: [
      ...time('time', 'startTime', 'endTime'),
      ...plain('deviceID', 'deviceMetadata', 'rawData', 'dataProcessingMethod', 'bizRules'),
    ],
  },
  {
    name: 'sensorReport',
    fields: [
      { name: 'type', words: GS1 },
      { name: 'exception', words: GS1 },
      ...plain('deviceID', 'deviceMetadata', 'rawData', 'dataProcessingMethod'),
      ...time('time'),
      ...plain('microorganism', 'chemicalSubstance', 'value'),
      word('component', 'Comp-'),
      ...plain('stringValue', 'booleanValue', 'hexBinaryValue', 'uriValue', 'minValue', 'maxValue'),
      ...plain('meanValue', 'sDev', 'percRank', 'percValue', 'uom', 'coordinateReferenceSystem'),
    ],
  },
]

export const ORDERED: readonly FieldRule[] = [
  ...time('eventTime'),
  ...plain('eventTimeZoneOffset', 'certificationInfo'),
  epcs('epcList'),
  ...plain('parentID'),
  epcs('inputEPCList'),
  epcs('childEPCs'),
  quantities('quantityList'),
  quantities('childQuantityList'),
  quantities('inputQuantityList'),
  epcs('outputEPCList'),
  quantities('outputQuantityList'),
  ...plain('action', 'transformationID'),
  word('bizStep', 'BizStep-'),
  word('disposition', 'Disp-'),
  { name: 'persistentDisposition', fields: [word('set', 'Disp-'), word('unset', 'Disp-')] },
  place('readPoint'),
  place('bizLocation'),
  { name: 'sensorElementList', item: 'sensorElement', fields: sensorElement },
]

/** With the fields of others, in the order of their letters. */
export const LAST: readonly FieldRule[] = [
  pairs('bizTransactionList', 'BTT-', 'bizTransaction'),
  pairs('destinationList', 'SDT-', 'destination'),
  pairs('sourceList', 'SDT-', 'source'),
]

/** What no hash takes: the event would have another id as soon as somebody keeps it, or takes it back. */
export const NEVER: readonly string[] = ['type', 'eventID', 'recordTime', 'errorDeclaration']
