import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll } from 'vitest'
import { folderLedger } from '../../src/run/ledger/ledger.ts'
import { describeLedger } from './ledgers.ts'

const folder = mkdtempSync(join(tmpdir(), 'veristamp-ledger-'))
afterAll(() => rmSync(folder, { recursive: true }))

describeLedger('a folder', async (name) => folderLedger(join(folder, name)))
