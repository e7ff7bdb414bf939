import type { History } from './history.ts'
import type { Keep } from './keep.ts'

/** What an inspector writes beside a check. */
export interface Remark {
  readonly note?: string
  /** Where in the market it was, in words. */
  readonly spot?: string
  /** Where on earth, as ISO 6709 writes it: `+20.95170+107.07480`. */
  readonly position?: string
  /** True where there is a photo. */
  readonly hasPhoto?: boolean
}

export interface Remarks {
  of(entry: number): Remark
  change(entry: number, changes: Remark): Promise<void>
  /** A JPEG in place of the one before; undefined takes it away. */
  setPhoto(entry: number, photo: Uint8Array | undefined): Promise<void>
  photo(entry: number): Promise<Uint8Array | undefined>
}

export function openRemarks(history: History, keep: Pick<Keep, 'get' | 'put' | 'drop'>): Remarks {
  const of = (id: number): Remark => history.entries().find((entry) => entry.id === id)?.remark ?? {}
  const change = (id: number, changes: Remark) => history.change(id, { remark: { ...of(id), ...changes } })
  return {
    of,
    change,
    async setPhoto(id, photo) {
      if (photo === undefined) await keep.drop(`photo:${id}`)
      else await keep.put(`photo:${id}`, photo)
      await change(id, { hasPhoto: photo !== undefined })
    },
    photo: (id) => keep.get(`photo:${id}`),
  }
}
