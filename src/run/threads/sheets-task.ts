import { on } from 'node:events'
import type { MessagePort } from 'node:worker_threads'
import type { SheetFonts } from '../../print/sheet/document.ts'
import type { CodeRow } from '../codes/code-lines.ts'
import type { Reservation } from '../job.ts'
import { sheetsOf, stampLayer } from '../sheets.ts'
import type { Volume } from '../volumes.ts'

/** What a thread lays out: a volume of a run. */
export interface SheetsTask {
  readonly run: Reservation
  readonly fonts: SheetFonts
  readonly volume: Volume
  /** To the thread that has the rows: a `SheetsAnswer` each time; rows come back, and at last null. */
  readonly port: MessagePort
}

/** Asks for rows, or is a piece of the PDF; at last, that it is whole. */
export type SheetsAnswer = 'more' | Uint8Array | 'whole'

/** Times that rows are asked for before any come: some are at hand while others are signed. */
const AHEAD = 2

export async function laySheetsOut({ run, fonts, volume, port }: SheetsTask): Promise<void> {
  const answer = (given: SheetsAnswer, ...moved: ArrayBuffer[]) => port.postMessage(given, moved)
  try {
    for (let i = 1; i < AHEAD; i++) answer('more')
    const pieces = sheetsOf(run, run.sheet!, rowsFrom(port, answer), { fonts, volume, ...stampLayer(run) })
    for await (const piece of pieces) answer(piece, piece.buffer as ArrayBuffer)
    answer('whole')
  } finally {
    port.close()
  }
}

/** @throws where the other thread has gone before all rows came */
async function* rowsFrom(port: MessagePort, answer: (given: 'more') => void): AsyncGenerator<CodeRow> {
  answer('more')
  for await (const [rows] of on(port, 'message', { close: ['close'] })) {
    if (rows === null) return
    yield* rows as readonly CodeRow[]
    answer('more')
  }
  throw new Error('the rows broke off')
}
