import { asciiBytes, toHex } from '../../../lib/bytes.ts'
import { type Logo, logoBits, shapePath } from '../../drawing/logo.ts'
import { transformed } from '../../drawing/path.ts'
import { pathOperators } from '../content.ts'

/** A logo as the content of a form of one by one unit, from its top left corner. */
export function logoForm(logo: Logo): Uint8Array {
  const { width, height, shapes } = logo
  if (shapes === undefined) {
    const data = `${toHex(logoBits(logo))}>`
    return asciiBytes(
      `0 g q 1 0 0 -1 0 1 cm BI /W ${width} /H ${height} /IM true /D [1 0] /F /AHx ID ${data}\nEI Q`,
    )
  }
  const parts = shapes.map((shape) => {
    const path = transformed(shapePath(shape), [1 / width, 0, 0, 1 / height, 0, 0])
    return `${shape.fill === 'white' ? '1 g' : '0 g'} ${pathOperators(path)} ${shape.rule === undefined ? 'f' : 'f*'}`
  })
  return asciiBytes(parts.join('\n'))
}
