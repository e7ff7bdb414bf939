import { type Measurement, summary } from './lib/results.ts'

/** The kiosk's part. It is a package with types of its own, those of browsers, so it is not imported by name. */
const FRAMES = new URL('../examples/kiosk/bench/frames.ts', import.meta.url)

/** A frame of the kiosk's camera, from the pixels to the verdict. */
export async function run(): Promise<Measurement[]> {
  const { timeFrames } = (await import(FRAMES.href)) as { timeFrames(): Promise<number[]> }
  const { median, spread } = summary(await timeFrames())
  return [
    {
      subject: 'kiosk in Chromium, frame of 640 × 480 to verdict',
      peer: null,
      ratio: null,
      medianMicroseconds: 1_000 * median,
      spread,
    },
  ]
}
