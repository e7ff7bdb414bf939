import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { sealStamp } from '../../src/issue/seal.ts'
import type { Label } from '../../src/print/sheet/label.ts'
import { encodeUrl } from '../../src/stamp/carrier.ts'
import { signedCode } from './codes.ts'

const font = (path: string) =>
  new Uint8Array(
    readFileSync(createRequire(import.meta.url).resolve(`@expo-google-fonts/be-vietnam-pro/${path}`)),
  )

export const fonts = {
  regular: font('400Regular/BeVietnamPro_400Regular.ttf'),
  bold: font('600SemiBold/BeVietnamPro_600SemiBold.ttf'),
}

/** Words with every Vietnamese mark, long names and short ones. */
const WORDS = [
  { product: 'Chả mực giã tay Hạ Long', facility: 'Hợp tác xã Chả mực Vịnh Sương', stars: 5 },
  { product: 'Nước mắm Cái Rồng truyền thống thượng hạng', facility: 'Cơ sở Sóng Biếc', stars: 4 },
  { product: 'Sá sùng khô', facility: 'Công ty TNHH Hải sản Đảo Ngọc Xanh' },
  { product: 'Gà đồi Tiên Yên', stars: 1 },
]

/** A run of stamps; every other one has a hidden code if `sealed`. */
export function labelsOf(count: number, { sealed = false } = {}): Label[] {
  return Array.from({ length: count }, (_, index) => {
    const stamp = { facility: 12, product: 104, serial: 90_001 + index }
    const seal = sealed && index % 2 === 0
    const drawn = seal ? sealStamp(stamp, { keyId: 7, secret: new Uint8Array(32).fill(4) }) : { stamp }
    const text = encodeUrl(signedCode(7, drawn.stamp), 'HTTPS://TEM.EXAMPLE/QNI/')
    const hidden = 'hiddenCode' in drawn ? { hiddenCode: drawn.hiddenCode } : {}
    return { text, serial: stamp.serial, ...WORDS[index % WORDS.length]!, ...hidden }
  })
}

/** All pieces of a file. */
export async function fileOf(pieces: AsyncIterable<Uint8Array>): Promise<Buffer> {
  const all: Uint8Array[] = []
  for await (const piece of pieces) all.push(piece)
  return Buffer.concat(all)
}
