import { readFileSync } from 'node:fs'
import { copyInto, type Scratch } from './scratch.ts'

/** The same small app in the ways that runtimes and bundlers want it: it does the main job and prints what came of it. */

const JOB = new URL('../package/main-job.js', import.meta.url)

const SAY =
  "(answers) => say('ANSWERS ' + JSON.stringify(answers)), (error) => say('ANSWERS ' + JSON.stringify(String(error.stack ?? error)))"

/** Hermes by itself has no console. */
const PRINT = "const say = (text) => (typeof print === 'function' ? print(text) : console.log(text))"

/** An app of ES modules. */
export function writeModule(scratch: Scratch, name = 'app.mjs'): string {
  copyInto(scratch, JOB, 'main-job.mjs')
  return scratch.write(
    name,
    `import * as light from 'veristamp'
import * as authority from 'veristamp/authority'
import { mainJob } from './main-job.mjs'
const veristamp = { ...light, ...authority }
${PRINT}
mainJob(veristamp).then(${SAY})
`,
  )
}

/** The same in CommonJS. */
export function writeCommon(scratch: Scratch, name = 'app.cjs'): string {
  const job = readFileSync(JOB, 'utf8').replaceAll(/^export /gm, '')
  return scratch.write(
    name,
    `const veristamp = { ...require('veristamp'), ...require('veristamp/authority') }
${job}
${PRINT}
mainJob(veristamp).then(${SAY})
`,
  )
}

/** What the app printed. */
export function answersIn(output: string): unknown {
  const line = output.split('\n').find((each) => each.includes('ANSWERS '))
  if (line === undefined) throw new Error(`the app said nothing:\n${output}`)
  return JSON.parse(line.slice(line.indexOf('ANSWERS ') + 8))
}
