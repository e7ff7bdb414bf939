#!/usr/bin/env node
import { runCommand } from './run.ts'
import { EXIT } from './shell/io.ts'
import { nodeIo } from './shell/node-io.ts'
import { printableLines } from './words/printable.ts'

const io = nodeIo()

runCommand(process.argv.slice(2), io)
  .catch((error: unknown) => {
    // What nobody foresaw. Node itself would end with 1, which says that a stamp is invalid.
    io.err(printableLines(`${error instanceof Error ? error.stack : String(error)}\n`))
    return EXIT.misuse
  })
  .then((exit) => {
    // A file without an end would keep a process alive that was stopped.
    if (io.signal.aborted) process.exit(exit)
    process.exitCode = exit
  })
