import type { Decoder, SeenCode } from './decoder.ts'
import { type Cut, visibleCut } from './visible.ts'

/** `insecure`: browsers open cameras for https pages and on localhost alone. */
export type CameraFault = 'denied' | 'missing' | 'busy' | 'insecure'

export interface Camera {
  stop(): void
  /** Undefined where the device has no light. */
  readonly setTorch: ((on: boolean) => Promise<void>) | undefined
  /** Undefined where the device has no zoom. */
  readonly zoom: Zoom | undefined
  /** Which of the device's cameras this is. */
  readonly device: string | undefined
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
  /** Which camera; the one that looks away from the user by default. */
  readonly device?: string | undefined
  /** Gets the codes of every frame that was read, the one in the middle first, and the part of it that people see. */
  readonly onCodes: (codes: readonly SeenCode[], cut: Cut) => void
  /** The camera was unplugged, or shows nothing new any more. */
  readonly onLost: (how: 'ended' | 'frozen') => void
  /** The reader of codes does not run: no frame will be read. */
  readonly onUnreadable?: (error: unknown) => void
}

/** Enough for a symbol that fills a fifth of the picture. */
const SIZE = { width: { ideal: 1280 }, height: { ideal: 720 } }

const FAULTS: Readonly<Record<string, CameraFault>> = {
  NotAllowedError: 'denied',
  SecurityError: 'denied',
  NotReadableError: 'busy',
  AbortError: 'busy',
}

/**
 * Opens a camera and reads frames, one at a time, until it is stopped.
 * @returns the camera, or why there is none
 */
export async function openCamera(
  video: HTMLVideoElement,
  options: CameraOptions,
): Promise<Camera | CameraFault> {
  if (navigator.mediaDevices === undefined) return 'insecure'
  const { device, onLost } = options
  const which = device === undefined ? { facingMode: { ideal: 'environment' } } : { deviceId: device }
  let stream: MediaStream
  try {
    stream = await navigator.mediaDevices.getUserMedia({ audio: false, video: { ...which, ...SIZE } })
  } catch (error) {
    return FAULTS[(error as DOMException).name] ?? 'missing'
  }
  const release = (): void => {
    for (const each of stream.getTracks()) each.stop()
    video.srcObject = null
  }
  try {
    video.srcObject = stream
    // A view that was left meanwhile can't play.
    await video.play().catch(() => undefined)
    const stopReading = readFrames(video, options)
    const stopWatching = watchFreezing(video, () => onLost('frozen'))
    const [track] = stream.getVideoTracks()
    track!.addEventListener('ended', () => onLost('ended'))
    return {
      stop() {
        stopReading()
        stopWatching()
        release()
      },
      device: track!.getSettings().deviceId,
      ...abilitiesOf(track!),
    }
  } catch (error) {
    release()
    throw error
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

const LOOK_EVERY = 2_000
const LOOKS_UNTIL_FROZEN = 3

/** Phones that were put away come back with a camera that shows its last frame for ever. */
function watchFreezing(video: HTMLVideoElement, onFrozen: () => void): () => void {
  let [seen, still] = [-1, 0]
  const timer = window.setInterval(() => {
    still = document.hidden || video.currentTime !== seen ? 0 : still + 1
    seen = video.currentTime
    if (still === LOOKS_UNTIL_FROZEN) onFrozen()
  }, LOOK_EVERY)
  return () => window.clearInterval(timer)
}

function readFrames(
  video: HTMLVideoElement,
  { decoder, onCodes, onUnreadable }: Pick<CameraOptions, 'decoder' | 'onCodes' | 'onUnreadable'>,
): () => void {
  let isOpen = true
  const canvas = document.createElement('canvas')
  const context = canvas.getContext('2d', { willReadFrequently: true })!

  async function readFrame(): Promise<void> {
    const cut = visibleCut(
      { width: video.videoWidth, height: video.videoHeight },
      { width: video.clientWidth, height: video.clientHeight },
      getComputedStyle(video).objectFit === 'contain',
    )
    const { left, top, width, height } = cut
    if (width === 0 || height === 0) return
    canvas.width = width
    canvas.height = height
    context.drawImage(video, left, top, width, height, 0, 0, width, height)
    const codes = await decoder.decode(context.getImageData(0, 0, width, height))
    if (isOpen) onCodes(codes, cut)
  }
  async function readNext(): Promise<void> {
    if (!isOpen) return
    try {
      await readFrame()
    } catch (error) {
      isOpen = false
      return onUnreadable?.(error)
    }
    video.requestVideoFrameCallback(() => void readNext())
  }
  video.requestVideoFrameCallback(() => void readNext())
  return () => {
    isOpen = false
  }
}
