import type { ErrorDetails } from '../../lib/error-details.ts'
import { byFault } from './error-words.ts'

const said = (detail: string | undefined): string => (detail === undefined ? '' : `: ${detail}`)

/** Why PostgreSQL did not do what was asked, in English. */
export const fleetFailedEn = byFault<ErrorDetails['fleet_failed']>({
  no_driver: () => 'the package pg is not installed, which talks to PostgreSQL',
  unreachable: ({ detail }) => `PostgreSQL can’t be reached${said(detail)}`,
  refused: ({ detail }) => `PostgreSQL does not allow this${said(detail)}`,
  not_ready: () => 'the database has not been made ready for veristamp',
  newer: () => 'a newer veristamp has made this database ready',
  older: () => 'an older veristamp has made this database ready',
  unsafe: () => 'PostgreSQL runs with fsync off: after a power cut it would give serials away twice',
  failed: ({ detail, state }) => `PostgreSQL says: ${detail} (${state})`,
})

export const fleetHowEn = byFault<ErrorDetails['fleet_failed']>({
  no_driver: () => 'npm install pg, beside veristamp',
  unreachable: () => 'see that it runs, and what veristamp.json says of it under ledger.postgres',
  refused: () =>
    'give the user the role veristamp_printer, veristamp_worker for work, or veristamp_server for serve; its password comes from PGPASSWORD or .pgpass',
  not_ready: () => 'veristamp fleet init',
  newer: () => 'bring veristamp up to date on this machine',
  older: () => 'veristamp fleet init, once every machine has this version',
  unsafe: () => 'set fsync = on in postgresql.conf and restart PostgreSQL',
  failed: () => 'see the log of PostgreSQL',
})

/** Why a server did not take the files of a shard, in English. */
export const sendFailedEn = byFault<ErrorDetails['send_failed']>({
  unreachable: ({ server }) => `${server} can’t be reached, so the shard was given back`,
  busy: ({ server, status }) =>
    `${server} was busy for too long (HTTP ${status}), so the shard was given back`,
  unauthorized: ({ server, status }) => `${server} does not let this worker in (HTTP ${status})`,
  full: ({ server }) => `the disk of ${server} is full`,
  refused: ({ server, status, reason }) =>
    `${server} does not take this shard (HTTP ${status}${reason === undefined ? '' : `: ${reason}`})`,
})

export const sendHowEn = byFault<ErrorDetails['send_failed']>({
  unreachable: () => 'see that veristamp serve runs there, then give the same command again',
  busy: () => 'see what veristamp serve says there, then give the same command again',
  unauthorized: () =>
    'give the token with which veristamp serve was started: VERISTAMP_TOKEN or --token-file',
  full: () => 'make room there, then give the same command again',
  refused: ({ status }) =>
    status === 413
      ? 'let the web server before veristamp serve take larger files, or queue smaller shards'
      : 'see that veristamp serve there has the same version, and this fleet’s database and runs/',
})

/** What people read about a fleet, in English. */
export const fleetEn = {
  ready: (runs: number) =>
    `The database is ready.${runs === 0 ? '' : ` It took in ${runs} ${runs === 1 ? 'run' : 'runs'} of runs/.`}`,
  readyHow:
    'let users in: GRANT veristamp_printer TO name for printers, veristamp_worker for work, veristamp_server for serve',
  noFleet: 'the ledger of this project is the folder runs/, and workers need PostgreSQL',
  noFleetHow:
    'name it in veristamp.json, as in "ledger": { "postgres": { "host": "…" } }; then: veristamp fleet init',
  queued: (run: string, first: number, last: number, shards: number) =>
    `Run ${run}: serials ${first} to ${last} are reserved, in ${shards} ${shards === 1 ? 'shard' : 'shards'}.`,
  queuedHow: 'on each machine that is to print: veristamp work',
  rounded: (asked: number, size: number) =>
    `--shard ${asked}: each shard has ${size} stamps, so that it is whole PDF files`,
  noKeys: 'no issuer key is at hand, so there is nothing this worker can sign with',
  noKeysHow: 'put the key into keys/, or name the program that signs under commands in veristamp.json',
  working: (worker: string) => `${worker} works. Ctrl-C ends it, and another goes on.`,
  shardDone: (run: string, shard: number) =>
    shard === 0 ? `Run ${run} is put together.` : `Run ${run}: shard ${shard} is done.`,
  shardLost: (run: string, shard: number) =>
    `Run ${run}: another worker has taken shard ${shard} over, or the run is void. Nothing is lost.`,
  reopened: (run: string, shard: number) =>
    `run ${run}: files of shard ${shard} were gone or damaged, so it is done again`,
  passedOver: ({
    key,
    program,
    fonts,
    sealed,
    folder,
  }: Record<'key' | 'program' | 'fonts' | 'sealed' | 'folder', number>) =>
    [
      ...(key > 0 ? [`${key} shards wait for another key`] : []),
      ...(program > 0 ? [`${program} for another version of veristamp`] : []),
      ...(fonts > 0 ? [`${fonts} for other fonts: --font`] : []),
      ...(sealed > 0 ? [`${sealed} for the passphrase of hidden codes`] : []),
      ...(folder > 0
        ? [
            `${folder} ${folder === 1 ? 'run is' : 'runs are'} left to a worker that has runs/, to be put together`,
          ]
        : []),
    ].join('; '),
  unreachable: 'PostgreSQL can’t be reached. Trying again.',
  serverAway: (server: string) => `${server} does not take the files now. Trying again.`,
  noToken: 'a worker that sends its files needs the token with which veristamp serve was started',
  noTokenHow: 'give it in VERISTAMP_TOKEN, or with --token-file',
  badServer: (address: string) => `${address} is no address of a veristamp serve`,
  badServerHow:
    'give it as https://office.example: without user, password, ? and #. Plain http to another machine needs --allow-http',
  needsSendTo: (option: string) => `${option} goes with --send-to`,
  worked: (shards: number, stamps: number) => `Done: ${shards} shards, ${stamps} stamps.`,
  shardsDone: (done: number, count: number) => `${done} of ${count} shards done`,
  waiting: 'Other workers are at what is left.',
  waitStopped: (run: string) => `run ${run} goes on without you`,
  waitStoppedHow: (run: string) =>
    `look again: veristamp issue --resume ${run} --wait; or stop it for good: veristamp runs void ${run}`,
  inShards: (run: string) => `run ${run} is in shards, which workers do`,
  inShardsHow: 'veristamp work',
  waitHow: (run: string) => `go on, or wait for its workers: veristamp issue --resume ${run} --wait`,
  unfinished: (run: string) =>
    `run ${run} is unfinished; to go on, or wait for its workers: veristamp issue --resume ${run} --wait`,
  waitNeedsShard: '--wait goes with --shard: without it a run is printed here and now',
}

/** What its commands are for. */
export const fleetCommandsEn = {
  fleet: 'print on many machines, with the ledger on PostgreSQL',
  fleetInit: 'make the database ready, or bring it up to date, and take in the runs of runs/',
  work: 'do shards of queued runs on this machine, until Ctrl-C',
}
