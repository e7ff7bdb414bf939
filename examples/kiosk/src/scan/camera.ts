import type { Decoder } from './decoder.ts'

export type CameraFault = 'denied' | 'missing'

export interface Camera {
  stop(): void
  /** Undefined where the device has no light. */
  readonly setTorch: ((on: boolean) => Promise<void>) | undefined
  /** Undefined where the device has no zoom. */
  readonly zoom: Zoom | undefined
}

export interface Zoom {
  readonly min: number
  readonly max: number
  readonly step: number
  set(value: number): Promise<void>
}

/** What some devices can do besides, and TypeScript's DOM library leaves out (W3C Image Capture). */
interface CameraAbilities extends MediaTrackCapabilities {
  readonly torch?: boolean
  readonly zoom?: { readonly min: number; readonly max: number; readonly step?: number }
}

export interface CameraOptions {
  readonly decoder: Decoder
  /** Gets the texts of a frame that has some, the one in the middle first. */
  readonly onTexts: (texts: readonly string[]) => void
  /** The camera was unplugged. */
  readonly onLost: () => void
}

/** Enough for a symbol that fills a fifth of the picture. */
const SIZE = { width: { ideal: 1280 }, height: { ideal: 720 } }

/**
 * Opens the camera that looks away from the user and reads frames, one at a time, until it is stopped.
 * @returns the camera, or why there is none
 */
export async function openCamera(
  video: HTMLVideoElement,
  { decoder, onTexts, onLost }: CameraOptions,
): Promise<Camera | CameraFault> {
  let stream: MediaStream
  try {
    stream = await navigator.mediaDevices.getUserMedia({
      audio: false,
      video: { facingMode: { ideal: 'environment' }, ...SIZE },
    })
  } catch (error) {
    return (error as DOMException).name === 'NotAllowedError' ? 'denied' : 'missing'
  }
  video.srcObject = stream
  // A view that was left meanwhile can't play.
  await video.play().catch(() => undefined)
  const stopReading = readFrames(video, decoder, onTexts)
  const [track] = stream.getVideoTracks()
  track!.addEventListener('ended', onLost)
  return {
    stop() {
      stopReading()
      for (const each of stream.getTracks()) each.stop()
      video.srcObject = null
    },
    ...abilitiesOf(track!),
  }
}

function abilitiesOf(track: MediaStreamTrack): Pick<Camera, 'setTorch' | 'zoom'> {
  const { torch, zoom } = track.getCapabilities() as CameraAbilities
  const apply = (wanted: object) => track.applyConstraints({ advanced: [wanted as MediaTrackConstraintSet] })
  return {
    setTorch: torch === true ? (on) => apply({ torch: on }) : undefined,
    zoom: zoom && {
      ...{ min: zoom.min, max: zoom.max, step: zoom.step ?? 0.1 },
      set: (value) => apply({ zoom: value }),
    },
  }
}

function readFrames(
  video: HTMLVideoElement,
  decoder: Decoder,
  onTexts: (texts: readonly string[]) => void,
): () => void {
  let isOpen = true
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })!

  async function readNext(): Promise<void> {
    if (!isOpen) return
    const { videoWidth: width, videoHeight: height } = video
    if (width > 0 && height > 0) {
      canvas.width = width
      canvas.height = height
      context.drawImage(video, 0, 0)
      const texts = await decoder.decode(context.getImageData(0, 0, width, height))
      if (isOpen && texts.length > 0) onTexts(texts)
    }
    video.requestVideoFrameCallback(() => void readNext())
  }
  video.requestVideoFrameCallback(() => void readNext())
  return () => {
    isOpen = false
  }
}
