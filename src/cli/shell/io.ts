/** All that a command sees of the world. */
export interface Io {
  /** The folder that paths are read from. */
  readonly cwd: string
  readonly env: Readonly<Record<string, string | undefined>>
  /** True where a person sees standard error: progress is drawn. */
  readonly isTerminal: boolean
  /** True where a person can be asked. */
  readonly canAsk: boolean
  /** Aborted by Ctrl-C. */
  readonly signal: AbortSignal
  now(): Date
  out(text: string | Uint8Array): void
  err(text: string): void
  /** Standard input. */
  input(): AsyncIterable<Uint8Array>
  /** Asks on the terminal, and gives the line that is typed. */
  ask(question: string): Promise<string>
  /** The same for what must not be seen. */
  askHidden(question: string): Promise<string>
}

export const EXIT = { valid: 0, invalid: 1, misuse: 2, indeterminate: 3 } as const
export type ExitCode = (typeof EXIT)[keyof typeof EXIT]

/** Ends a command: what is wrong, and what to do next. */
export class Failure extends Error {
  readonly exit: ExitCode
  readonly code: string
  readonly next: string | undefined
  constructor(code: string, message: string, next?: string, exit: ExitCode = EXIT.misuse) {
    super(message)
    this.code = code
    this.next = next
    this.exit = exit
  }
}
