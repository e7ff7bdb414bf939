import { type ChildProcess, spawn } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const CLI = fileURLToPath(new URL('../../dist/cli.js', import.meta.url))

/** A server in a process of its own. */
export interface Served {
  readonly address: string
  /** Ends it at once, or as Ctrl-C does. */
  end(signal: 'SIGKILL' | 'SIGTERM'): Promise<void>
}

/** Starts it, as it is built. */
export async function serveApart(folder: string, token: string): Promise<Served> {
  const argv = [CLI, '--dir', folder, '--lang', 'en', 'serve', '--port', '0']
  const child: ChildProcess = spawn(process.execPath, argv, {
    env: { ...process.env, VERISTAMP_TOKEN: token },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let said = ''
  const gone = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  const address = await new Promise<string>((resolve, reject) => {
    const read = (data: unknown) => {
      said += data
      const found = /http:\/\/127\S+?(?=\/)/.exec(said)?.[0]
      if (found !== undefined) resolve(found)
    }
    for (const stream of [child.stdout, child.stderr]) stream!.on('data', read)
    child.once('exit', () => reject(new Error(`it did not start: ${said}`)))
  })
  return {
    address,
    async end(signal) {
      child.kill(signal)
      await gone
    },
  }
}
