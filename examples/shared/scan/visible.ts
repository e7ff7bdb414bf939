/** A part of a frame, in its pixels. */
export interface Cut {
  readonly left: number
  readonly top: number
  readonly width: number
  readonly height: number
}

interface Size {
  readonly width: number
  readonly height: number
}

/**
 * What people see of a frame in a box.
 * @param isWhole false where it fills the box and is cut off at its edges (`object-fit: cover`)
 */
export function visibleCut(frame: Size, box: Size, isWhole: boolean): Cut {
  if (isWhole || box.width === 0 || box.height === 0) return { left: 0, top: 0, ...frame }
  const scale = Math.max(box.width / frame.width, box.height / frame.height)
  const width = Math.min(frame.width, Math.round(box.width / scale))
  const height = Math.min(frame.height, Math.round(box.height / scale))
  return {
    left: Math.floor((frame.width - width) / 2),
    top: Math.floor((frame.height - height) / 2),
    width,
    height,
  }
}
