import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { type Code, tidyScan, type Verifier } from 'veristamp'
import {
  createEventMaker,
  EPCIS_CONTEXT,
  epcisDocument,
  eventHash,
  type PrintedRun,
  traceCsv,
  traceRows,
} from 'veristamp/gs1'
import { asTill, readPrint } from './gs1-readers.ts'
import { schemaFaults } from './gs1-schema.ts'
import { openKiosk, openRevocationList, openTrustList } from './kiosk.ts'
import { AUTHORITY, dateText, daysAfter, foundProvince, PREFIX, type Province } from './province.ts'
import { openSheet, pdfOf } from './sheets.ts'

/** One symbol for till, phone and kiosk: printed, read back, verified, and told to other systems. */

const OUT = new URL('out/gs1/', import.meta.url)
export const TEA = { facility: 12, product: 9_521_012_000_068 }
const BUYER = '9521013000005'
const [FIRST, COUNT] = [90_001, 24]
/** With a lot and an expiry day, behind a prefix of 24 letters. */
const VERSION = 8

/** @returns how much of it went wrong */
export async function gs1Story(now: Date): Promise<number> {
  const province = await foundProvince(now, 'gtin/')
  const trustList = openTrustList(province.trustList, province)
  const verifier = openKiosk([trustList], [openRevocationList(province.revocationList, trustList)])
  const run: PrintedRun = {
    ...{ ...TEA, first: FIRST, last: FIRST + COUNT - 1, lot: 'L0123', time: now },
    ...{ made: dateText(now), expires: dateText(daysAfter(now, 365)) },
  }
  const codes = await signRun(province, run)
  mkdirSync(OUT, { recursive: true })
  const misread = await printAndRead(province, codes, verifier, now)
  return misread + (await tellOthers(province, run))
}

/** The stamps of a run, as an issuer signs them. */
export async function signRun({ issuers }: Province, run: PrintedRun): Promise<readonly Code[]> {
  const { facility, product, first, last, lot, expires } = run
  const codes: Code[] = []
  for (let serial = first; serial <= last; serial++)
    codes.push(await issuers.get(facility)!.issue({ facility, product, serial, lot, expires }))
  return codes
}

/** Prints a page of labels and reads it as a till, a phone and a kiosk do. */
async function printAndRead(
  { catalogue }: Province,
  codes: readonly Code[],
  verifier: Verifier,
  now: Date,
): Promise<number> {
  const { name, stars } = catalogue.products.find(({ id }) => id === TEA.product)!
  const facility = catalogue.facilities.find(({ id }) => id === TEA.facility)!.name
  const links = codes.map((code) => code.toGs1Link(PREFIX))
  const words = { product: name, facility, ...(stars !== undefined && { stars }) }
  const labels = codes.map(({ stamp }, at) => ({ ...words, text: links[at]!, serial: stamp.serial }))
  const page = new URL('labels.pdf', OUT)
  writeFileSync(page, await pdfOf(openSheet('vi', VERSION), labels))
  console.log(
    `\nOne symbol for till, phone and kiosk: ${codes.length} labels, examples/quang-ninh/out/gs1/labels.pdf.`,
  )

  const { texts, skipped } = readPrint(fileURLToPath(page))
  if (skipped) console.log(`  Not read back from the print (${skipped}): going on with the links themselves.`)
  else console.log(`  Read back from the page with zbar: ${texts.length} symbols.`)
  const read = skipped ? links : texts
  const unlike = skipped ? 0 : links.filter((link) => !texts.includes(link)).length

  const [link = ''] = read.filter((text) => text.includes(`/21/${FIRST}?`))
  const forged = link.replace(/17=(\d\d)/, (_, year: string) => `17=${Number(year) + 1}`)
  const answers = [link, forged].map((text) => verifier.verify(tidyScan(text), { now }))
  const reasonOf = (at: number) => (answers[at]!.status === 'valid' ? 'valid' : answers[at]!.reason)
  const till = asTill(link)
  console.log(`  a till   ${[...till].map(([key, value]) => `(${key}) ${value}`).join('  ')}`)
  console.log(`  a phone  opens ${link.slice(0, link.indexOf('?'))}?…`)
  console.log(`  a kiosk  ${reasonOf(0)}, and with another expiry day ${reasonOf(1)}`)
  const invalid = read.filter((text) => verifier.verify(tidyScan(text), { now }).status !== 'valid').length
  const isTold =
    till.get('01') === `0${TEA.product}` && till.get('10') === 'L0123' && till.get('21') === `${FIRST}`
  return unlike + invalid + (reasonOf(1) === 'bad_signature' ? 0 : 1) + (isTold ? 0 : 1)
}

/** Events for the ministry's system and rows for portals, which never have the printed address. */
async function tellOthers({ catalogue, details }: Province, run: PrintedRun): Promise<number> {
  const maker = createEventMaker({ catalogue, offset: '+07:00' })
  const { product, first, last, lot, expires, time } = run
  const sold = { product, first, last: first + 9, to: BUYER, time }
  const events = [maker.commissioned([{ product, first, last, lot, expires, time }]), maker.shipped([sold])]
  const document = JSON.parse(await textOf(epcisDocument(joined(events), time)))
  writeFileSync(new URL('events.json', OUT), `${JSON.stringify(document, null, 1)}\n`)
  const { eventList } = document.epcisBody
  const misnamed = eventList.filter(
    (event: { readonly eventID: string }) => eventHash(event, { context: EPCIS_CONTEXT }) !== event.eventID,
  ).length
  const { faults, skipped } = await schemaFaults(document)
  const validity = skipped ? `not validated (${skipped})` : `${faults} faults by GS1’s schema`
  console.log(
    `  EPCIS    ${eventList.length} events, ${misnamed} with a wrong hash, ${validity}: events.json`,
  )

  const facts = { runs: [run], shipped: [sold] }
  const rows = await textOf(traceCsv(traceRows(facts, { authority: AUTHORITY, catalogue, details })))
  writeFileSync(new URL('rows.csv', OUT), rows)
  console.log(`  portals  ${rows.trimEnd().split('\r\n').length - 1} rows: rows.csv`)
  const isSecret = /[?&]v=/.test(readFileSync(new URL('events.json', OUT), 'utf8') + rows)
  return misnamed + faults + (isSecret ? 1 : 0)
}

async function* joined<T>(streams: readonly AsyncIterable<T>[]): AsyncGenerator<T> {
  for (const stream of streams) yield* stream
}

async function textOf(pieces: AsyncIterable<string>): Promise<string> {
  let text = ''
  for await (const piece of pieces) text += piece
  return text
}
