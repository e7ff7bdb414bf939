import { sha256 } from '../../ed25519/sha2.ts'
import { toHex } from '../../lib/bytes.ts'
import { groupBy } from '../../lib/group-by.ts'
import type { RevocationContent } from '../../revocation/content.ts'
import type { TrustList } from '../../trust/trust-list.ts'
import type { Config } from '../project/config.ts'
import { dayAt, minuteAt } from '../project/desk-day.ts'
import { newestBytes } from '../project/files.ts'
import { readFonts } from '../project/fonts.ts'
import { allReleases, isUndone } from '../runs/releases.ts'
import type { Context } from '../shell/context.ts'
import { VERSION } from '../shell/version.ts'
import { printable } from '../words/printable.ts'
import { type AuditRow, countsOf, isBad, type SerialState } from './audit.ts'
import { issuerRows } from './issuer-rows.ts'
import { type Block, type PaperRow, writePaper } from './paper.ts'

/** An audit on paper: what it goes by, what was checked, the counts, and every range. */
export interface AuditFacts {
  readonly config: Config
  readonly trustList: TrustList
  readonly revocation: RevocationContent | undefined
  readonly rows: readonly AuditRow[]
  /** What does not fit, each in a sentence. */
  readonly faults: readonly string[]
}

export function auditPdf(context: Context, facts: AuditFacts, font: string | undefined): Uint8Array[] {
  const { audit } = context.words.records
  const { authority } = facts.config
  const created = context.io.now()
  const time = minuteAt(context, created)
  return writePaper(blocksOf(context, facts, time), {
    ...{ title: audit.title(authority), created, fonts: readFonts(context, font) },
    foot: (page, pages) => audit.foot(authority, time, page, pages),
  })
}

function blocksOf(context: Context, facts: AuditFacts, time: string): Block[] {
  const { config, trustList, rows } = facts
  const { audit } = context.words.records
  const text = (line: string): Block => ({ kind: 'text', text: line })
  const heading = (line: string): Block => ({ kind: 'heading', text: line })
  return [
    { kind: 'title', text: audit.title(config.authority) },
    text(audit.made(time, VERSION)),
    ...listLines(context, facts).map(text),
    heading(audit.checks),
    ...checkLines(context, facts).map(text),
    heading(audit.totals),
    totalsTable(context, facts),
    text(audit.meaning),
    heading(audit.issuers),
    ...issuerRows(context, config, trustList).flatMap((row) => row.text.split('\n').map(text)),
    ...undoneBlocks(context),
    ...(rows.length > 0 ? [heading(audit.ranges), rangesTable(context, facts)] : []),
  ]
}

function undoneBlocks(context: Context): Block[] {
  const { audit } = context.words.records
  const undone = allReleases(context).filter(isUndone)
  const lines = undone.map(
    ({ run, first, last, to, time, undone: when }): Block => ({
      kind: 'text',
      text: audit.undone(run, first, last, printable(to), dayAt(context, time), dayAt(context, when)),
    }),
  )
  return lines.length > 0 ? [{ kind: 'heading', text: audit.undoneReleases }, ...lines] : []
}

function listLines(context: Context, { trustList, revocation }: AuditFacts): string[] {
  const { audit } = context.words.records
  const digestOf = (kind: 'trust' | 'revocation') => audit.digest(toHex(sha256(newestBytes(context, kind)!)))
  const lineOf = (kind: 'trust' | 'revocation', { sequence, issued, expires }: ListFacts) => [
    audit.list(kind, sequence, dayAt(context, issued), dayAt(context, expires)),
    digestOf(kind),
  ]
  return [
    ...lineOf('trust', trustList),
    ...(revocation === undefined ? [audit.noList] : lineOf('revocation', revocation)),
  ]
}

type ListFacts = Pick<RevocationContent, 'sequence' | 'issued' | 'expires'>

function checkLines({ words }: Context, { rows, faults }: AuditFacts): string[] {
  const { audit } = words.records
  const runs = new Map(rows.filter(({ run }) => run !== undefined).map((row) => [row.run!.id, row]))
  const good = [...runs.values()].filter((row) => !isBad(row)).length
  return [
    audit.checksDone(runs.size, good),
    ...(faults.length === 0 ? [audit.allGood] : faults.map((each) => `– ${each}`)),
  ]
}

const STATES: readonly SerialState[] = ['printed', 'released', 'reserved', 'void', 'revoked']

function totalsTable({ words }: Context, { rows, trustList }: AuditFacts): Block {
  const { audit } = words.records
  const products = groupBy(rows, ({ facility, product }) => `${facility} ${product}`)
  const cells = (own: readonly AuditRow[]): string[] => {
    const counts = countsOf(own)
    const all = STATES.reduce((sum, state) => sum + counts[state], 0)
    return [...STATES.map((state) => `${counts[state]}`), `${all}`]
  }
  const { columns } = audit
  const number = (title: string) => ({ title: capital(title), share: 8, isNumber: true })
  return {
    kind: 'table',
    columns: [
      { title: columns.facility, share: 13 },
      { title: columns.product, share: 13 },
      { title: columns.name, share: 34 },
      ...[...STATES.map((state) => audit.states[state]), audit.all].map(number),
    ],
    rows: [
      ...[...products.values()].map((own): PaperRow => {
        const { facility, product } = own[0]!
        return [`${facility}`, `${product}`, nameOf(trustList, product), ...cells(own)]
      }),
      [audit.all, '', '', ...cells(rows)],
    ],
  }
}

const capital = (text: string): string => text.charAt(0).toUpperCase() + text.slice(1)

const nameOf = (trustList: TrustList, product: number): string =>
  printable(trustList.product(product)?.name ?? '')

function rangesTable({ words }: Context, { rows, trustList }: AuditFacts): Block {
  const { audit } = words.records
  const { columns } = audit
  const told: PaperRow[] = []
  let before = ''
  for (const row of rows) {
    const { facility, product } = row
    const name = audit.product(product, nameOf(trustList, product), facility)
    if (name !== before) told.push(name)
    before = name
    told.push(cellsOf(words, row))
  }
  return {
    kind: 'table',
    columns: [
      { title: columns.serials, share: 20 },
      { title: columns.count, share: 9, isNumber: true },
      { title: columns.state, share: 11 },
      { title: columns.since, share: 12 },
      { title: columns.run, share: 18 },
      { title: columns.key, share: 7 },
      { title: columns.lot, share: 12 },
      { title: columns.made, share: 12 },
      { title: columns.to, share: 24 },
      { title: columns.files, share: 12 },
    ],
    rows: told,
  }
}

function cellsOf({ records, verdicts }: Context['words'], row: AuditRow): string[] {
  const { first, last, state, date, run, reason, to, files } = row
  const why = [
    ...(to === undefined ? [] : [printable(to)]),
    ...(reason === undefined ? [] : [verdicts.reasons[reason as keyof typeof verdicts.reasons] ?? reason]),
  ]
  return [
    first === last ? `${first}` : `${first} – ${last}`,
    `${last - first + 1}`,
    records.audit.states[state],
    date,
    run?.id ?? '',
    run === undefined ? '' : `${run.keyId}`,
    run?.lot ?? '',
    run?.made ?? '',
    why.join(', '),
    files === undefined ? '' : records.audit.files[files],
  ]
}
