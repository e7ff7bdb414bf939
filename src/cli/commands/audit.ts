import type { TrustList } from '../../trust/trust-list.ts'
import { type AuditRow, auditRows, countsOf, isBad } from '../desk/audit.ts'
import { auditPdf } from '../desk/audit-paper.ts'

import { revocationListAtHand, trustListAtHand } from '../lists/lists.ts'
import { readConfig } from '../project/config.ts'
import { revocationContent } from '../project/list-files.ts'
import { openOutput } from '../project/output.ts'
import { journalFaultsOf } from '../runs/doubts.ts'
import { warn } from '../shell/confirm.ts'
import type { Context } from '../shell/context.ts'
import { EXIT, type ExitCode } from '../shell/io.ts'
import { printable } from '../words/printable.ts'

const COLUMNS = [
  ...[
    'facility',
    'product',
    'name',
    'first',
    'last',
    'count',
    'state',
    'date',
    'run',
    'key',
    'lot',
    'made',
    'expires',
  ],
  ...['reason', 'to', 'files'],
] as const

export interface AuditOptions {
  readonly output?: string | undefined
  /** As the file's name says by default, and CSV where it says nothing. */
  readonly format?: 'csv' | 'pdf' | undefined
  /** The font of a PDF. */
  readonly font?: string | undefined
}

/**
 * Writes every serial's state, by range, checked against manifests and lists.
 * @returns 1 where something does not match
 */
export async function auditCommand(
  context: Context,
  { output: file = '-', format, font }: AuditOptions,
): Promise<ExitCode> {
  const { words } = context
  const output = openOutput(context, file)
  const config = readConfig(context)
  const trustList = trustListAtHand(context, config)
  revocationListAtHand(context, trustList)
  const revocation = revocationContent(context)
  const rows = await auditRows(context, trustList, revocation)
  const bad = new Set(rows.filter(isBad).map(({ run }) => run!.id))
  const faults = [
    ...journalFaultsOf(context).map(({ text }) => text),
    ...[...bad].map((id) => words.records.badFiles(id)),
  ]
  const isPdf = (format ?? (/\.pdf$/i.test(file) ? 'pdf' : 'csv')) === 'pdf'
  const pieces = isPdf
    ? auditPdf(context, { config, trustList, revocation, rows, faults }, font)
    : [csvOf(rows, trustList)]
  await output.write(pieces)
  for (const text of faults) warn(context, text)
  const counts = countsOf(rows)
  output.report(
    { file, rows: rows.length, ...counts, faults: faults.length },
    [words.records.audited(counts), words.wrote(file)].join('\n'),
  )
  return faults.length > 0 ? EXIT.invalid : EXIT.valid
}

function csvOf(rows: readonly AuditRow[], trustList: TrustList): Uint8Array {
  const nameOf = (id: number) => trustList.product(id)?.name ?? ''
  const lines = [COLUMNS.join(','), ...rows.map((row) => lineOf(row, nameOf(row.product)))]
  // Spreadsheets take a file for UTF-8 by its mark.
  return Buffer.from(`\ufeff${lines.join('\r\n')}\r\n`)
}

function lineOf({ run, ...row }: AuditRow, name: string): string {
  const { facility, product, first, last, state, date, reason = '', to = '', files = '' } = row
  const cells = [
    ...[facility, product, printable(name), first, last, last - first + 1, state, date],
    ...[run?.id, run?.keyId, run?.lot, run?.made, run?.expires, reason, printable(to), files],
  ]
  return cells.map((cell) => quoted(String(cell ?? ''))).join(',')
}

/** What spreadsheets take for a formula begins with a blank. */
const quoted = (text: string): string => {
  const safe = /^[=+\-@\t]/.test(text) ? ` ${text}` : text
  return /[",\r\n]/.test(safe) ? `"${safe.replaceAll('"', '""')}"` : safe
}
