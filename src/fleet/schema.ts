import type { Database } from './database.ts'
import { fleetFailed } from './failures.ts'

/** The tables of a fleet, in the schema `veristamp`, and how they came to be, step by step. */

/**
 * `runs` is the truth of serials: the database itself refuses two runs that share one, whoever writes. Ranges of void
 * runs stay. `shards` is the truth of work: whoever raises a shard's fence has it, until its lease ends. Shard 0 puts a
 * run together. `files` are names, SHA-256 and sizes of what the last fence made.
 */
const TABLES = `
CREATE TABLE veristamp.runs (
  authority text NOT NULL CHECK (length(authority) BETWEEN 1 AND 64),
  id text NOT NULL CHECK (length(id) BETWEEN 1 AND 60),
  facility bigint NOT NULL,
  product bigint NOT NULL,
  serials int8range NOT NULL
    CHECK (coalesce(lower(serials) >= 0 AND upper(serials) <= 9007199254740992, false)),
  public_key text NOT NULL,
  sealed boolean NOT NULL,
  fonts text,
  record text NOT NULL,
  program text,
  first_code text,
  void jsonb,
  reserved timestamptz NOT NULL DEFAULT clock_timestamp(),
  PRIMARY KEY (authority, id),
  EXCLUDE USING gist (authority WITH =, facility WITH =, product WITH =, serials WITH &&)
);
CREATE TABLE veristamp.shards (
  authority text NOT NULL,
  run text NOT NULL,
  number integer NOT NULL CHECK (number >= 0),
  serials int8range NOT NULL CHECK (CASE WHEN number = 0 THEN isempty(serials)
    ELSE coalesce(lower(serials) >= 0 AND upper(serials) <= 9007199254740992, false) END),
  fence bigint NOT NULL DEFAULT 0,
  worker text,
  lease timestamptz,
  done bigint NOT NULL DEFAULT 0,
  files jsonb,
  closed timestamptz,
  PRIMARY KEY (authority, run, number),
  FOREIGN KEY (authority, run) REFERENCES veristamp.runs,
  CHECK ((files IS NULL) = (closed IS NULL)),
  EXCLUDE USING gist (authority WITH =, run WITH =, serials WITH &&)
);
CREATE INDEX shards_open ON veristamp.shards (authority, run, number) WHERE closed IS NULL;
CREATE TABLE veristamp.scan_chunks (
  log text NOT NULL,
  number bigint GENERATED ALWAYS AS IDENTITY,
  chunk bytea NOT NULL,
  PRIMARY KEY (log, number)
);`

/**
 * Two roles, to be granted to users. A worker sees runs, and takes and closes shards: it can't take serials, and
 * changes no run. A printer reserves and declares void beside that. Neither removes a row of them, nor changes serials.
 */
const ROLES = `
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'veristamp_worker') THEN
    CREATE ROLE veristamp_worker NOLOGIN;
  END IF;
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'veristamp_printer') THEN
    CREATE ROLE veristamp_printer NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL; -- another database of this server was set up at the same moment
END $$;
REVOKE ALL ON SCHEMA veristamp FROM PUBLIC;
GRANT USAGE ON SCHEMA veristamp TO veristamp_worker, veristamp_printer;
GRANT SELECT ON veristamp.version, veristamp.runs, veristamp.shards TO veristamp_worker, veristamp_printer;
GRANT UPDATE (fence, worker, lease, done, files, closed) ON veristamp.shards
  TO veristamp_worker, veristamp_printer;
GRANT INSERT ON veristamp.runs, veristamp.shards TO veristamp_printer;
GRANT UPDATE (void, first_code) ON veristamp.runs TO veristamp_printer;
GRANT SELECT, INSERT, DELETE ON veristamp.scan_chunks TO veristamp_printer;`

/**
 * Runs by their product, which reservations ask for; and what scanners say (docs/spec/intake.md). Times are seconds since 1970, as in scan logs. A scan has its witness in its
 * key, so that one scanner's word stands apart from another's. `intakes` lie in `scans` in their order, which is all that
 * the small index of them asks. `findings` are made from the rest, and `judged` says by what.
 */
const SCANS = `
CREATE INDEX runs_product ON veristamp.runs (authority, facility, product);
CREATE TABLE veristamp.scanners (
  id integer GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  authority text NOT NULL CHECK (length(authority) BETWEEN 1 AND 64),
  public_key bytea NOT NULL CHECK (length(public_key) = 32),
  place text NOT NULL CHECK (length(place) BETWEEN 1 AND 200),
  taken bigint NOT NULL,
  newest bigint,
  scans bigint NOT NULL DEFAULT 0,
  UNIQUE (authority, public_key, place)
);
CREATE TABLE veristamp.intakes (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  scanner integer NOT NULL REFERENCES veristamp.scanners,
  issued bigint NOT NULL,
  taken bigint NOT NULL,
  trust bigint NOT NULL,
  epoch bigint,
  sequence bigint,
  settled boolean NOT NULL DEFAULT false,
  CHECK ((epoch IS NULL) = (sequence IS NULL))
);
CREATE INDEX intakes_open ON veristamp.intakes (id) WHERE NOT settled;
CREATE TABLE veristamp.scans (
  code uuid NOT NULL,
  time bigint NOT NULL,
  intake bigint NOT NULL,
  facility bigint NOT NULL,
  product bigint NOT NULL,
  serial bigint NOT NULL,
  scanner integer NOT NULL,
  status smallint NOT NULL CHECK (status BETWEEN 0 AND 2),
  PRIMARY KEY (code, time, scanner)
);
CREATE INDEX scans_intake ON veristamp.scans USING brin (intake);
CREATE TABLE veristamp.undone (
  code uuid NOT NULL,
  time bigint NOT NULL,
  intake bigint NOT NULL,
  scanner integer NOT NULL,
  PRIMARY KEY (code, time, scanner)
);
CREATE INDEX undone_intake ON veristamp.undone USING brin (intake);
CREATE TABLE veristamp.scan_days (
  scanner integer NOT NULL,
  day integer NOT NULL,
  valid bigint NOT NULL,
  invalid bigint NOT NULL,
  indeterminate bigint NOT NULL,
  PRIMARY KEY (scanner, day)
);
CREATE TABLE veristamp.findings (
  authority text NOT NULL,
  code uuid NOT NULL,
  kind text NOT NULL,
  found bigint NOT NULL,
  scanners integer[] NOT NULL,
  finding jsonb NOT NULL,
  PRIMARY KEY (authority, code, kind)
);
CREATE INDEX findings_newest ON veristamp.findings (authority, found DESC, code, kind);
CREATE TABLE veristamp.judged (authority text PRIMARY KEY, judged_by text NOT NULL);
DO $$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_roles WHERE rolname = 'veristamp_server') THEN
    CREATE ROLE veristamp_server NOLOGIN;
  END IF;
EXCEPTION WHEN duplicate_object OR unique_violation THEN
  NULL; -- another database of this server was set up at the same moment
END $$;
GRANT USAGE ON SCHEMA veristamp TO veristamp_server;
GRANT SELECT ON veristamp.version, veristamp.runs, veristamp.shards TO veristamp_server;
GRANT SELECT, INSERT, UPDATE ON veristamp.scanners, veristamp.intakes, veristamp.scan_days, veristamp.judged
  TO veristamp_server;
GRANT SELECT, INSERT ON veristamp.scans, veristamp.undone TO veristamp_server;
GRANT SELECT, INSERT, DELETE ON veristamp.findings TO veristamp_server;`

/** Each step once, in this order, for ever: a new one is added at the end. */
const STEPS: readonly string[] = [`${TABLES}\n${ROLES}`, SCANS]

export const SCHEMA_VERSION = STEPS.length

/** Of the lock under which the tables are made. */
const LOCK = 0x76737470

/** Makes the tables, or brings older ones up to date. @throws VeristampError `fleet_failed` */
export async function makeTables(database: Database): Promise<void> {
  await database.transaction(async (query) => {
    await query('SELECT pg_advisory_xact_lock($1)', [LOCK])
    await query('CREATE SCHEMA IF NOT EXISTS veristamp')
    await query('CREATE EXTENSION IF NOT EXISTS btree_gist WITH SCHEMA veristamp')
    await query('CREATE TABLE IF NOT EXISTS veristamp.version (version integer NOT NULL)')
    const [row] = await query<{ version: number }>('SELECT version FROM veristamp.version')
    const version = row?.version ?? 0
    if (version > SCHEMA_VERSION) throw fleetFailed({ fault: 'newer' })
    for (const step of STEPS.slice(version)) await query(step)
    if (row === undefined) await query('INSERT INTO veristamp.version VALUES ($1)', [SCHEMA_VERSION])
    else await query('UPDATE veristamp.version SET version = $1', [SCHEMA_VERSION])
  })
}

/** @throws VeristampError `fleet_failed`: `not_ready`, `older` or `newer` */
export async function checkTables(database: Database): Promise<void> {
  const [row] = await database.query<{ version: number }>('SELECT version FROM veristamp.version')
  if (row === undefined) throw fleetFailed({ fault: 'not_ready' })
  if (row.version !== SCHEMA_VERSION)
    throw fleetFailed({ fault: row.version > SCHEMA_VERSION ? 'newer' : 'older' })
}
