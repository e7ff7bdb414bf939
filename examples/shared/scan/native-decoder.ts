import { type Decoder, nearestFirst, type Point } from './decoder.ts'

/** What some browsers have, and TypeScript's DOM library leaves out (W3C Accelerated Shape Detection). */
interface BarcodeDetector {
  detect(
    frame: ImageData,
  ): Promise<readonly { readonly rawValue: string; readonly cornerPoints: readonly Point[] }[]>
}
interface BarcodeDetectorClass {
  new (options: { readonly formats: readonly string[] }): BarcodeDetector
  getSupportedFormats(): Promise<readonly string[]>
}

/** The browser's own reader of QR codes. @returns undefined where there is none */
export async function nativeDecoder(): Promise<Decoder | undefined> {
  const { BarcodeDetector: Detector } = globalThis as { BarcodeDetector?: BarcodeDetectorClass }
  const formats = await Detector?.getSupportedFormats().catch((): string[] => [])
  if (Detector === undefined || !formats?.includes('qr_code')) return undefined
  const detector = new Detector({ formats: ['qr_code'] })
  return {
    // A frame that the detector stumbles over is a frame without a code.
    async decode(frame) {
      const found = await detector.detect(frame).catch(() => [])
      const codes = found.map(({ rawValue, cornerPoints }) => ({ text: rawValue, corners: cornerPoints }))
      return nearestFirst(codes, frame.width, frame.height)
    },
  }
}
