/** Who says something: records and undo marks of one authority's stamps, from one place. */
export interface ScanSource {
  readonly authority: string
  readonly place: string
}

/** Sources and their numbers. */
export class Sources {
  readonly #numbers = new Map<string, number>()
  readonly #sources: ScanSource[] = []
  #last = 0

  numberOf({ authority, place }: ScanSource): number {
    // Records come one source after another, and making a key for each would cost more than all the rest.
    const last = this.#sources[this.#last]
    if (last?.place === place && last.authority === authority) return this.#last
    this.#last = this.#register({ authority, place })
    return this.#last
  }

  #register({ authority, place }: ScanSource): number {
    const key = keyOf({ authority, place })
    const known = this.#numbers.get(key)
    if (known !== undefined) return known
    this.#numbers.set(key, this.#sources.length)
    return this.#sources.push({ authority, place }) - 1
  }

  at(number: number): ScanSource {
    return this.#sources[number]!
  }

  /** An order that does not depend on who came first. */
  compare(a: number, b: number): number {
    if (a === b) return 0
    return keyOf(this.at(a)) < keyOf(this.at(b)) ? -1 : 1
  }
}

/** No authority's id holds a space. */
const keyOf = ({ authority, place }: ScanSource): string => `${authority} ${place}`
