import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Ajv } from 'ajv'
import addFormats from 'ajv-formats'

/** GS1's schema of EPCIS, where somebody has it: the package ships none. */

const FILE = 'EPCIS-JSON-Schema.json'

export async function schemaFaults(
  document: unknown,
): Promise<{ readonly faults: number; readonly skipped?: string }> {
  const folder = process.env.VERISTAMP_GS1
  const file = folder && join(folder, FILE)
  if (!file || !existsSync(file)) return { faults: 0, skipped: `VERISTAMP_GS1 names no folder with ${FILE}` }
  const ajv = new Ajv({ strict: false, allErrors: true })
  addFormats.default(ajv)
  const validate = ajv.compile(JSON.parse(readFileSync(file, 'utf8')))
  validate(document)
  return { faults: validate.errors?.length ?? 0 }
}
