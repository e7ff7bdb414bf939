/** A square picture: 1 is dark, row by row. */
export interface Raster {
  readonly side: number
  readonly dark: Uint8Array
}

/** A square of modules with `margin` light ones on every side. */
export function withMargin(size: number, modules: Uint8Array, margin: number): Raster {
  const side = size + 2 * margin
  const dark = new Uint8Array(side * side)
  for (let row = 0; row < size; row++) {
    dark.set(modules.subarray(row * size, (row + 1) * size), (row + margin) * side + margin)
  }
  return { side, dark }
}

/** The picture as a plain PBM file, each unit of it a square of `scale` pixels. */
export function toPbm({ side, dark }: Raster, scale: number): string {
  const pixels = side * scale
  let file = `P1\n${pixels} ${pixels}\n`
  for (let row = 0; row < side; row++) {
    let line = ''
    for (const module of dark.subarray(row * side, (row + 1) * side)) line += `${module} `.repeat(scale)
    file += `${line}\n`.repeat(scale)
  }
  return file
}
