import { execFileSync } from 'node:child_process'
import { join } from 'node:path'
import { once } from './once.ts'
import { makeCluster, serverAt, type TestServer } from './postgres.ts'

/**
 * The server that all files of tests share which never stop it; the first that asks starts it. It is ended when all tests
 * are (once.setup.ts).
 * @param bin the folder of PostgreSQL's programs
 */
export async function sharedPostgres(bin: string): Promise<TestServer> {
  const folder = await once('postgres', (folder) => {
    const { data, options, argv } = makeCluster(bin, folder)
    // It would go round all databases of all tests.
    const own = [...argv, '-c', 'autovacuum=off']
    execFileSync(
      join(bin, 'pg_ctl'),
      ['start', '-w', '-t', '300', '-D', data, '-l', join(folder, 'log'), '-o', own.join(' ')],
      options,
    )
  })
  return serverAt(folder)
}
