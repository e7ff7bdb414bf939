import type { Keep } from './keep.ts'

/** Names a stamp among all that this kiosk may see. */
export const nameOf = (
  authority: string,
  stamp: { facility: number; product: number; serial: number },
): string => `${authority}/${stamp.facility}/${stamp.product}/${stamp.serial}`

/** The stamps whose hidden code was wrong here, and when: their next bearer is asked to scratch too. */
export interface Notes {
  wrongSince(stamp: string): Date | undefined
  note(stamp: string, when: Date): Promise<void>
  clear(stamp: string): Promise<void>
}

const MAX_NOTES = 1_000

export async function openNotes(keep: Pick<Keep, 'get' | 'put'>): Promise<Notes> {
  const notes = read(await keep.get('notes'))
  const save = (): Promise<void> =>
    keep.put('notes', new TextEncoder().encode(JSON.stringify([...notes].slice(-MAX_NOTES))))
  return {
    wrongSince(stamp) {
      const time = notes.get(stamp)
      return time === undefined ? undefined : new Date(time)
    },
    async note(stamp, when) {
      if (notes.has(stamp)) return
      notes.set(stamp, when.getTime())
      await save()
    },
    async clear(stamp) {
      if (notes.delete(stamp)) await save()
    },
  }
}

function read(bytes: Uint8Array | undefined): Map<string, number> {
  try {
    return new Map(JSON.parse(new TextDecoder().decode(bytes)) as [string, number][])
  } catch {
    return new Map()
  }
}
