/**
 * What work on each item comes to, in the order of the items: so many are under way at the most.
 * @throws what the items and the work throw, each in its turn
 */
export async function* workInOrder<Item, Result>(
  items: Iterable<Item>,
  work: (item: Item) => Promise<Result>,
  ahead: number,
): AsyncGenerator<Result, void> {
  const underWay: Promise<Result>[] = []
  for (const item of items) {
    const result = work(item)
    result.catch(() => {}) // told when its turn comes
    underWay.push(result)
    if (underWay.length === ahead) yield await underWay.shift()!
  }
  for (const result of underWay) yield await result
}
