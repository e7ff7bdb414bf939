/** The page's side of the worker that finds codes. */
export interface Decoder {
  /**
   * The texts of the codes in a frame. The frame's pixels move to the worker: the frame is empty afterwards.
   * @param thorough takes longer and finds more: for pictures
   */
  decode(frame: ImageData, thorough?: boolean): Promise<readonly string[]>
}

export interface DecodeRequest {
  readonly id: number
  readonly frame: ImageData
  readonly thorough: boolean
}

export interface DecodeAnswer {
  readonly id: number
  readonly texts: readonly string[]
}

export function createDecoder(): Decoder {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })
  const waiting = new Map<number, (texts: readonly string[]) => void>()
  let last = 0
  worker.onmessage = ({ data: { id, texts } }: MessageEvent<DecodeAnswer>) => {
    waiting.get(id)?.(texts)
    waiting.delete(id)
  }
  return {
    decode: (frame, thorough = false) =>
      new Promise((resolve) => {
        const id = ++last
        waiting.set(id, resolve)
        const request: DecodeRequest = { id, frame, thorough }
        worker.postMessage(request, [frame.data.buffer])
      }),
  }
}
