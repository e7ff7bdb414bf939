/** Gathers bytes that come in small chunks into pieces of one size. */
export class Pieces {
  readonly #length: number
  #whole: Uint8Array[] = []
  #piece: Uint8Array
  #used = 0

  constructor(length: number) {
    this.#length = length
    this.#piece = new Uint8Array(length)
  }

  add(chunk: Uint8Array): void {
    for (let at = 0; at < chunk.length; ) {
      const part = chunk.subarray(at, at + this.#length - this.#used)
      this.#piece.set(part, this.#used)
      this.#used += part.length
      at += part.length
      if (this.#used === this.#length) this.#close()
    }
  }

  #close(): void {
    this.#whole.push(this.#piece.subarray(0, this.#used))
    this.#piece = new Uint8Array(this.#length)
    this.#used = 0
  }

  /** The whole pieces since it was asked last. */
  take(): Uint8Array[] {
    const whole = this.#whole
    this.#whole = []
    return whole
  }

  /** What is left, its last piece as short as it is. */
  finish(): Uint8Array[] {
    if (this.#used > 0) this.#close()
    return this.take()
  }
}
