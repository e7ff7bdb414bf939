/** Values by two numbers: a text of both as the key would take longer to make than the value to find. */
export class PairMap<T> {
  readonly #rows = new Map<number, Map<number, T>>()

  get(a: number, b: number): T | undefined {
    return this.#rows.get(a)?.get(b)
  }

  set(a: number, b: number, value: T): void {
    const row = this.#rows.get(a) ?? new Map<number, T>()
    this.#rows.set(a, row.set(b, value))
  }
}
