import { spawnSync } from 'node:child_process'
import type { Browser } from 'playwright-core'
import { launchBrowser, noBrowser } from '../../../../test/support/browser.ts'

export const noRenderer = spawnSync('pdftoppm', ['-v']).error !== undefined
export const whyNoVideo =
  noBrowser || noRenderer ? ' (skipped: Chromium or poppler-utils is not installed)' : ''

/** @param video a y4m file that the camera shows, over and over; without one the camera shows a pattern */
export function launch(video?: string, more: readonly string[] = []): Promise<Browser> {
  const camera = ['--use-fake-ui-for-media-stream', '--use-fake-device-for-media-stream']
  const file = video === undefined ? [] : [`--use-file-for-fake-video-capture=${video}`]
  return launchBrowser(...camera, ...file, ...more)
}
