import { type Measurement, summary } from './lib/results.ts'

/** The kiosk's part. It is a package with types of its own, those of browsers, so it is not imported by name. */
const FRAMES = new URL('../examples/kiosk/bench/frames.ts', import.meta.url)

interface Timers {
  timeFrames(): Promise<{ grab: number; find: number; judge: number }[]>
  timePages(): Promise<{ open: number; read: number; judge: number }[]>
}

/** A frame of the kiosk's camera and a photograph of a page, from the picture to the verdicts, and where the time goes. */
export async function run(): Promise<Measurement[]> {
  const { timeFrames, timePages } = (await import(FRAMES.href)) as Timers
  const frames = await timeFrames()
  const pages = await timePages()
  const frame = 'kiosk in Chromium, frame of 1280 × 720'
  const page = 'kiosk in Chromium, photograph of 65 labels, 12 megapixels'
  return [
    measured(
      `${frame}, to verdict`,
      frames.map(({ grab, find, judge }) => grab + find + judge),
    ),
    measured(
      `${frame}, picture to pixels`,
      frames.map(({ grab }) => grab),
    ),
    measured(
      `${frame}, pixels to codes`,
      frames.map(({ find }) => find),
    ),
    measured(
      `${frame}, codes to verdict`,
      frames.map(({ judge }) => judge),
    ),
    measured(
      `${page}, to 65 verdicts`,
      pages.map(({ read, judge }) => read + judge),
    ),
    measured(
      `${page}, opening the file alone`,
      pages.map(({ open }) => open),
    ),
    measured(
      `${page}, file to codes`,
      pages.map(({ read }) => read),
    ),
    measured(
      `${page}, codes to verdicts`,
      pages.map(({ judge }) => judge),
    ),
  ]
}

function measured(subject: string, milliseconds: readonly number[]): Measurement {
  const { median, spread } = summary([...milliseconds])
  return { subject, peer: null, ratio: null, medianMicroseconds: 1_000 * median, spread }
}
