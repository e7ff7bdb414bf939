import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'

/** Where GS1's own data lies: `link-answers.json`, `gs1-syntax-dictionary.txt`, … We carry no copy. */
const folder = process.env.VERISTAMP_GS1

export const hasGs1Data = folder !== undefined && existsSync(folder)

/** For the name of a test that needs it. */
export const whyNoGs1Data = hasGs1Data ? '' : ' (skipped: VERISTAMP_GS1 says nowhere where GS1’s data is)'

export const gs1Data = (name: string): string => readFileSync(join(folder!, name), 'utf8')
