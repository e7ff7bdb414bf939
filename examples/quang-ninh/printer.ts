import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { type Code, svg, symbol } from 'veristamp'
import { PREFIX, type Province } from './province.ts'

/** The printer's room: stamps are signed, and codes and symbols written to files. */

const OUT = new URL('out/', import.meta.url)

/** One line of codes.ndjson. */
export interface PrintedCode {
  readonly facility: number
  readonly product: number
  readonly serial: number
  readonly base45: string
  readonly digits: string
  readonly url: string
}

/** One stamp for each product, and a roll of 1,000 for product 104. */
export async function issueStamps({ catalogue, issuers }: Province): Promise<Code[]> {
  const codes: Code[] = []
  for (const { id, facility } of catalogue.products) {
    codes.push(await issuers.get(facility)!.issue({ facility, product: id, serial: 1 }))
  }
  for (let serial = 90_001; serial <= 91_000; serial++) {
    codes.push(await issuers.get(12)!.issue({ facility: 12, product: 104, serial }))
  }
  return codes
}

/** Writes the lists, the codes, and a symbol of 20 mm for each. */
export function writeFiles(codes: readonly Code[], { trustList, revocationList }: Lists): void {
  rmSync(OUT, { recursive: true, force: true })
  mkdirSync(new URL('symbols/', OUT), { recursive: true })
  writeFileSync(new URL('trust-list.cbor', OUT), trustList)
  writeFileSync(new URL('revocation-list.cbor', OUT), revocationList)
  writeFileSync(
    new URL('codes.ndjson', OUT),
    codes.map((code) => `${JSON.stringify(printed(code))}\n`).join(''),
  )
  for (const code of codes) {
    const { product, serial } = code.stamp
    const picture = svg(symbol(code.toText()), { millimetres: 20 })
    writeFileSync(new URL(`symbols/${product}-${serial}.svg`, OUT), picture)
  }
}

type Lists = Pick<Province, 'trustList' | 'revocationList'>

/** What the kiosk finds in the files. */
export function readFiles(): Lists & { readonly codes: PrintedCode[] } {
  const lines = readFileSync(new URL('codes.ndjson', OUT), 'utf8').trimEnd().split('\n')
  const read = (name: string) => new Uint8Array(readFileSync(new URL(name, OUT)))
  return {
    trustList: read('trust-list.cbor'),
    revocationList: read('revocation-list.cbor'),
    codes: lines.map((line) => JSON.parse(line) as PrintedCode),
  }
}

const printed = (code: Code): PrintedCode => ({
  facility: code.stamp.facility,
  product: code.stamp.product,
  serial: code.stamp.serial,
  base45: code.toText('base45'),
  digits: code.toText('digits'),
  url: code.toUrl(PREFIX),
})
