import { groupBy } from '../../lib/group-by.ts'
import type { ScanCount, ScanStatistics, SuspectCode } from '../../scanlog/statistics.ts'
import { minuteAt } from '../project/desk-day.ts'
import type { Context } from '../shell/context.ts'
import { printable } from '../words/printable.ts'
import type { GatheredScans } from './gather-scans.ts'

/** What scanners saw as one page of HTML: charts and tables, with nothing in it that runs or is fetched. */

/** Bars that a chart has, and stamps that the list has. */
const MAX_BARS = 40
const MAX_SUSPECTS = 1000

const STYLE = `:root{color-scheme:light dark}body{font:16px/1.5 system-ui,sans-serif;max-width:60rem;margin:2rem auto;padding:0 1rem}
table{border-collapse:collapse;width:100%;margin:0 0 2rem}th,td{text-align:left;vertical-align:top;padding:.25rem .75rem .25rem 0;border-bottom:1px solid #8886}
td.n,th.n{text-align:right;font-variant-numeric:tabular-nums}td.bar{width:45%}svg{display:block;width:100%;height:1.1rem}
.all{fill:#5b8def}.bad{fill:#c62828}small{color:#777}`

/** Anything as text of a page or of an attribute. */
export const escapeHtml = (text: string): string =>
  printable(text).replace(/[&<>"']/g, (letter) => `&#${letter.charCodeAt(0)};`)

export interface PageFacts extends GatheredScans {
  readonly authority: string
  readonly nameOf: (product: number) => string
  readonly whyOf: (suspect: SuspectCode) => string
}

export function scansPage(context: Context, facts: PageFacts): string {
  const { words, language, io } = context
  const { statistics, authority, places, nameOf, whyOf } = facts
  const { scans } = words
  const { columns } = scans
  const { rows, suspects } = statistics
  const time = minuteAt(context, io.now())
  const title = scans.title(authority)
  const part = (heading: string, content: string) => `<h2>${escapeHtml(heading)}</h2>\n${content}\n`
  const text = (line: string) => `<p>${escapeHtml(line)}</p>\n`
  const nameOfProduct = ({ product }: { readonly product: number }) => nameOf(product)
  const byPlace = barsOf(
    statistics,
    ({ place }) => place,
    (suspect) => suspect.places,
  )
  const byProduct = barsOf(statistics, nameOfProduct, (suspect) => [nameOfProduct(suspect)])
  const suspectRows = suspects
    .slice(0, MAX_SUSPECTS)
    .map((each) => [nameOf(each.product), `${each.serial}`, minuteAt(context, each.last * 1000), whyOf(each)])
  const left = suspects.length - suspectRows.length
  return `<!doctype html>
<html lang="${language}">
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
<meta name="viewport" content="width=device-width">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
<h1>${escapeHtml(title)}</h1>
${text(scans.sum(statistics.scans, statistics.codes, places.length, suspects.length))}${text(scans.made(time))}${part(
  scans.byPlace,
  chart(words, columns.place, byPlace),
)}${part(scans.byProduct, chart(words, columns.product, byProduct))}${part(
  scans.copies,
  suspectRows.length === 0
    ? text(scans.noCopies)
    : table([columns.product, columns.serial, columns.last, columns.why], suspectRows, [1]) +
        (left > 0 ? text(scans.more(left)) : ''),
)}${text(scans.caution)}${part(
  scans.all,
  table(
    [columns.place, columns.product, columns.scans, columns.codes, columns.notValid, columns.suspects],
    rows.map((row) => [
      row.place,
      nameOf(row.product),
      ...[row.scans, row.codes, row.notValid, row.suspects].map(String),
    ]),
    [2, 3, 4, 5],
  ),
)}</html>
`
}

interface Bar {
  readonly name: string
  readonly scans: number
  readonly suspects: number
}

/** The longest first. A stamp that was seen in two places is one of each, and one of its product. */
function barsOf(
  { rows, suspects }: ScanStatistics,
  rowName: (row: ScanCount) => string,
  suspectNames: (suspect: SuspectCode) => readonly string[],
): Bar[] {
  const bars = [...groupBy(rows, rowName)].map(([name, own]) => ({
    name,
    scans: own.reduce((sum, { scans }) => sum + scans, 0),
    suspects: suspects.filter((suspect) => suspectNames(suspect).includes(name)).length,
  }))
  return bars.sort((a, b) => b.suspects - a.suspects || b.scans - a.scans)
}

/** A bar for the scans, and below it one for the copies, as parts of the longest. */
function chart({ scans }: Context['words'], name: string, bars: readonly Bar[]): string {
  const { columns } = scans
  const most = Math.max(1, ...bars.map((bar) => Math.max(bar.scans, bar.suspects)))
  const shown = bars.slice(0, MAX_BARS)
  const rows = shown.map((bar) => {
    const width = (count: number) => ((100 * count) / most).toFixed(2)
    const told = `${columns.scans}: ${bar.scans}; ${columns.suspects}: ${bar.suspects}`
    return `<tr><th>${escapeHtml(bar.name)}<td class="bar"><svg viewBox="0 0 100 10" preserveAspectRatio="none" role="img" aria-label="${escapeHtml(told)}"><rect class="all" y="1" height="5" width="${width(bar.scans)}"/><rect class="bad" y="6" height="3" width="${width(bar.suspects)}"/></svg><td class="n">${bar.scans}<td class="n">${bar.suspects}`
  })
  const more =
    bars.length > shown.length
      ? `<p><small>${escapeHtml(scans.more(bars.length - shown.length))}</small></p>`
      : ''
  const head = `<tr><th>${escapeHtml(name)}<th><th class="n">${escapeHtml(columns.scans)}<th class="n">${escapeHtml(columns.suspects)}`
  return `<table>${head}\n${rows.join('\n')}</table>${more}`
}

/** @param numbers the columns that hold numbers */
function table(
  head: readonly string[],
  rows: readonly (readonly string[])[],
  numbers: readonly number[],
): string {
  const lineOf = (tag: 'th' | 'td', cells: readonly string[]) =>
    `<tr>${cells.map((cell, i) => `<${tag}${numbers.includes(i) ? ' class="n"' : ''}>${escapeHtml(cell)}`).join('')}`
  return `<table>${[lineOf('th', head), ...rows.map((row) => lineOf('td', row))].join('\n')}</table>`
}
