import { spawnSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

const BROWSERS = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]
export const browserPath = BROWSERS.find((path) => path !== undefined && existsSync(path))

export const noBrowser = browserPath === undefined
/** For the names of tests, so that a run says what it left out. */
export const whyNot = noBrowser ? ' (skipped: no Chromium is installed)' : ''

export const noRenderer = spawnSync('pdftoppm', ['-v']).error !== undefined
export const whyNoVideo =
  noBrowser || noRenderer ? ' (skipped: Chromium or poppler-utils is not installed)' : ''

/** @param video a y4m file that the camera shows, over and over; without one the camera shows a pattern */
export function launch(video?: string, more: readonly string[] = []): Promise<Browser> {
  const args = [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-background-networking',
    '--disable-component-update',
  ]
  const camera = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream']
  const file = video === undefined ? [] : [`--use-file-for-fake-video-capture=${video}`]
  return chromium.launch({ executablePath: browserPath!, args: [...args, ...camera, ...file, ...more] })
}
