/** What people type, by the command: for `--help` and the man page. A test gives each of them to the program. */

interface Shown {
  readonly lines: readonly string[]
  /** The chapter that tells the rest, beside this package. */
  readonly chapter: string
}

const shown = (chapter: string, ...lines: string[]): Shown => ({ chapter: `docs/${chapter}.md`, lines })

export const EXAMPLES: Readonly<Record<string, Shown>> = {
  init: shown(
    'authorities',
    'init my-province.example --facilities facilities.csv --products products.csv',
    'init my-province.example --facilities f.csv --products p.csv --prefix HTTPS://TEM.EXAMPLE/#',
  ),
  'registry check': shown('authorities', 'registry check', 'registry check --products new.csv'),
  keygen: shown('authorities', 'keygen', 'keygen an binh chi'),
  'trust build': shown('authorities', 'trust build'),
  'trust sign': shown(
    'ceremony',
    'trust sign lists/trust-2.draft.cbor',
    'trust sign trust-2.draft.cbor --pins pins.json --before trust-1.cbor',
  ),
  'trust merge': shown('ceremony', 'trust merge an/trust-2.draft.cbor chi/trust-2.draft.cbor'),
  'trust rotate': shown('ceremony', 'trust rotate --keys an binh dung --threshold 2'),
  'trust pins': shown(
    'authorities',
    'trust pins -o kiosk.json --place "Chợ Hạ Long" --lists https://tem.example/lists/',
  ),
  'trust show': shown('ceremony', 'trust show', 'trust show trust-2.draft.cbor'),
  'trust diff': shown('ceremony', 'trust diff trust-2.draft.cbor', 'trust diff trust-1.cbor trust-2.cbor'),
  'issuer list': shown('authorities', 'issuer list'),
  'issuer add': shown('authorities', 'issuer add tea --name "Nhà in Trà" --scope 12 --from issuer'),
  'issuer scope': shown('authorities', 'issuer scope tea 12:104 12:105:1-5000'),
  'issuer rotate': shown('authorities', 'issuer rotate issuer', 'issuer rotate tea --to tea-2'),
  'issuer retire': shown('authorities', 'issuer retire tea'),
  'scanner list': shown('scan-logs', 'scanner list'),
  'scanner add': shown(
    'scan-logs',
    `scanner add "Chợ Hạ Long 1 · ${'0123456789abcdef'.repeat(4)}"`,
    'scanner add kiosk.pub --place "Cầu Bãi Cháy" --position +20.9517+107.0748',
  ),
  'scanner report': shown('kiosks', 'scanner report ha-long-2026-11-29'),
  'scanner remove': shown('scan-logs', 'scanner remove "Cầu Bãi Cháy"'),
  scans: shown(
    'scan-logs',
    'scans kiosk-1.scans kiosk-2.scans -o scans.html',
    'scans *.scans --since 2026-03-01',
  ),
  'passphrase change': shown('authorities', 'passphrase change', 'passphrase change root'),
  status: shown('authorities', 'status', '--json status'),
  release: shown(
    'authorities',
    'release 12-104-1-3 --to "Chợ Hạ Long"',
    'release 12-104-1-3 --to "Chợ Hạ Long" --gln 8935000000021 --serials 1-500',
    'release 12-104-1-3 --undo',
  ),
  replace: shown('authorities', 'replace 12-104-1-3 --serials 5,7'),
  audit: shown('authorities', 'audit -o audit.pdf', 'audit -o audit.csv'),
  backup: shown('authorities', 'backup /media/disk/2026-03-01', 'backup ../backup --keys'),
  restore: shown('authorities', 'restore /media/disk/2026-03-01'),
  'lists import': shown('authorities', 'lists import trust-3.cbor revocation-7.cbor delta-7-8.cbor'),
  list: shown('lists', 'list', 'list --raise 12:104:2000', 'list --raise 0', 'list --slices'),
  publish: shown('lists', 'publish site/lists'),
  site: shown('site', 'site -o site', 'site --check https://tem.example/'),
  serve: shown('site', 'serve site', 'serve site --port 3000'),
  revoke: shown(
    'lists',
    'revoke --product 104 --serials 7,41000-41999 --reason lost --dry-run',
    'revoke --run 12-104-1-2 --reason stolen',
    'revoke --lot L1 --reason recalled',
    'revoke --codes scans.txt --reason recalled',
    'revoke --key issuer --above 12:104:2000 --reason key-compromise',
  ),
  issue: shown(
    'printers',
    'issue --product 104 --count 1000 --lot L7 --made 2026-03-01 --expires 2027-03-01',
    'issue --product 104 --count 90000 --stock a4-40 --sheets-per-file 500',
    'issue --product 104 --count 500 --carrier url --sealed',
    'issue --resume 12-104-1-3',
  ),
  sheet: shown(
    'printers',
    'sheet 12-104-1-3 --format zpl -o labels.zpl',
    'sheet 12-104-1-3 --layer hidden -o hidden.pdf',
  ),
  preview: shown('printers', 'preview --product 104 -o label.png'),
  cover: shown('printers', 'cover 12-104-1-3 -o cover.pdf'),
  runs: shown('printers', 'runs'),
  'runs void': shown('printers', 'runs void 12-104-1-3 --reason damaged'),
  'runs import': shown('authorities', 'runs import /media/stick/tea'),
  'fleet init': shown('fleet', 'fleet init', 'fleet init --user worker'),
  work: shown(
    'fleet',
    'work',
    'work --drain',
    'work --send-to https://office.example --token-file token.txt',
  ),
  verify: shown(
    'command-line',
    'verify --file photo.png',
    'verify --file codes.csv.gz --summary',
    'verify - --pins pins.json --trust trust-4.cbor --revocation revocation-9.cbor',
  ),
  inspect: shown('command-line', 'inspect lists/trust-1.cbor'),
  'verify-run': shown('printers', 'verify-run 12-104-1-3'),
  export: shown(
    'gs1',
    'export -o stamps.ndjson',
    'export --epcis -o events.json',
    'export --rows csv -o rows.csv',
  ),
  sync: shown('gs1', 'sync https://epcis.example/capture --token-file token.txt'),
  completion: shown('command-line', 'completion bash', 'completion fish'),
  man: shown('command-line', 'man'),
}
