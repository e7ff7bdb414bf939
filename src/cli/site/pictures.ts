import { createHash } from 'node:crypto'
import { join } from 'node:path'
import type { Product } from '../../trust/catalogue.ts'
import { bareWebp } from '../input/bare-webp.ts'
import { kindOfPicture } from '../input/picture-kind.ts'
import { shrinkPicture } from '../input/shrink.ts'
import { readGiven } from '../project/files.ts'
import { stateOf } from '../project/real-path.ts'
import type { Context } from '../shell/context.ts'

/** What the catalogue calls a product's picture, as far as a page can show it. */
export interface Pictures {
  /** By their paths in the site. */
  readonly files: ReadonlyMap<string, Uint8Array>
  /** Pictures at an address elsewhere: a page that asks no other server can't show them. */
  readonly elsewhere: readonly number[]
  /** Products whose file is missing, and what it should be. */
  readonly missing: readonly (readonly [product: number, file: string])[]
  /** The same of files that are no pictures. */
  readonly unreadable: readonly (readonly [product: number, file: string])[]
}

const MAX_PICTURE = 2 ** 25

/** The pictures of the registry's folder, scaled down and named by what they hold, with an index by product. */
export function gatherPictures(context: Context, products: readonly Product[]): Pictures {
  const files = new Map<string, Uint8Array>()
  const index: Record<string, string> = {}
  const elsewhere: number[] = []
  const missing: [number, string][] = []
  const unreadable: [number, string][] = []
  for (const { id, image } of products) {
    if (image === undefined) continue
    if (/^https:/i.test(image)) {
      elsewhere.push(id)
      continue
    }
    const file = join(context.folder, 'registry', image)
    if (stateOf(file)?.isFile() !== true) {
      missing.push([id, image])
      continue
    }
    const picture = pictureOf(readGiven(context, file, MAX_PICTURE))
    if (picture === undefined) {
      unreadable.push([id, image])
      continue
    }
    const name = `${createHash('sha256').update(picture.bytes).digest('hex').slice(0, 16)}.${picture.ending}`
    files.set(`pictures/${name}`, picture.bytes)
    index[id] = name
  }
  files.set('pictures/index.json', new TextEncoder().encode(`${JSON.stringify(index, null, 1)}\n`))
  return { files, elsewhere, missing, unreadable }
}

/** WebP is small already, and nothing here can read it; but what the camera wrote into it goes, as with the others. */
function pictureOf(bytes: Uint8Array): { readonly bytes: Uint8Array; readonly ending: string } | undefined {
  const [made, ending] =
    kindOfPicture(bytes) === 'webp' ? [bareWebp(bytes), 'webp'] : [shrinkPicture(bytes), 'jpg']
  return made && { bytes: made, ending }
}
