export interface VerifyOptions {
  /** The moment of the check, the same for every step. The system's clock, read once, unless given. */
  readonly now?: Date
}

export interface VerifyManyOptions extends VerifyOptions {
  /** Ends the stream with its `reason`, once aborted. */
  readonly signal?: AbortSignal
  /** Told after every chunk how many texts have been checked so far. */
  readonly onProgress?: (checked: number) => void
  /**
   * How many texts are read before any is answered, 1 to 65536: 1,024 with an engine that is faster at many together,
   * otherwise 32. A live source wants 1.
   */
  readonly chunk?: number
}
