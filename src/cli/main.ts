#!/usr/bin/env node
import { EXIT } from './io.ts'
import { nodeIo } from './node-io.ts'
import { printableLines } from './printable.ts'
import { run } from './run.ts'

const io = nodeIo()

run(process.argv.slice(2), io)
  .catch((error: unknown) => {
    // What nobody foresaw. Node itself would end with 1, which says that a stamp is invalid.
    io.err(printableLines(`${error instanceof Error ? error.stack : String(error)}\n`))
    return EXIT.misuse
  })
  .then((exit) => {
    process.exitCode = exit
  })
