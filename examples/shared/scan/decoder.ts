/** A place in a frame, in pixels from its upper left corner. */
export interface Point {
  readonly x: number
  readonly y: number
}

/** A code in a frame: what it says, and its corners one after the other. */
export interface SeenCode {
  readonly text: string
  readonly corners: readonly Point[]
}

/**
 * How much it looks for codes: `picture` finds what stands small in a sharp one, `thorough` also what is blurred, or
 * light on dark, in two to three times as long.
 */
export type Effort = 'frame' | 'picture' | 'thorough'

/** The page's side of the worker that finds codes. */
export interface Decoder {
  /**
   * The codes in a frame, the one nearest to its centre first. The frame's pixels move to the worker: the frame is
   * empty afterwards.
   * @param effort a frame by default: the next one comes soon
   * @throws DecoderFault where this browser cannot run the reader
   */
  decode(frame: ImageData, effort?: Effort): Promise<readonly SeenCode[]>
}

/** The reader of codes does not run in this browser. */
export class DecoderFault extends Error {
  override readonly name = 'DecoderFault'
}

export interface DecodeRequest {
  readonly id: number
  readonly frame: ImageData
  readonly effort: Effort
}

export interface DecodeAnswer {
  readonly id: number
  readonly codes: readonly SeenCode[]
  /** Why there is no answer. */
  readonly fault?: string
}

/** People hold what they mean in the middle. */
export function nearestFirst(codes: readonly SeenCode[], width: number, height: number): readonly SeenCode[] {
  const offCentre = ({ corners }: SeenCode): number => {
    const middle = (axis: 'x' | 'y') => corners.reduce((sum, each) => sum + each[axis], 0) / corners.length
    return Math.hypot(middle('x') - width / 2, middle('y') - height / 2)
  }
  return [...codes].sort((a, b) => offCentre(a) - offCentre(b))
}

interface Waiting {
  readonly resolve: (codes: readonly SeenCode[]) => void
  readonly reject: (error: Error) => void
}

export function createDecoder(): Decoder {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  const waiting = new Map<number, Waiting>()
  let last = 0
  let broken: DecoderFault | undefined
  worker.onmessage = ({ data: { id, codes, fault } }: MessageEvent<DecodeAnswer>) => {
    if (fault === undefined) waiting.get(id)?.resolve(codes)
    else waiting.get(id)?.reject(new DecoderFault(fault))
    waiting.delete(id)
  }
  worker.onerror = ({ message }) => {
    broken = new DecoderFault(message ?? 'the worker did not start')
    for (const { reject } of waiting.values()) reject(broken)
    waiting.clear()
  }
  return {
    decode: (frame, effort = 'frame') =>
      new Promise((resolve, reject) => {
        if (broken !== undefined) return reject(broken)
        const id = ++last
        waiting.set(id, { resolve, reject })
        const request: DecodeRequest = { id, frame, effort }
        worker.postMessage(request, [frame.data.buffer])
      }),
  }
}
