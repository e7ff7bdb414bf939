import { existsSync } from 'node:fs'
import { type Browser, chromium } from 'playwright-core'

/** The browser that tests drive, where one is installed. */

// The first is Chromium without its own windows and menus, which no test looks at: it takes half the processor time.
const BROWSERS = [
  process.env.CHROMIUM_PATH,
  '/usr/bin/chromium-headless-shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome',
]
const browserPath = BROWSERS.find((path) => path !== undefined && existsSync(path))

export const noBrowser = browserPath === undefined
/** For the names of tests, so that a run says what it left out. */
export const whyNot = noBrowser ? ' (skipped: no Chromium is installed)' : ''

/** @param args besides those that every test needs */
export const launchBrowser = (...args: readonly string[]): Promise<Browser> =>
  chromium.launch({
    executablePath: browserPath!,
    args: [
      ...['--no-sandbox', '--disable-gpu', '--disable-background-networking', '--disable-component-update'],
      ...args,
    ],
  })
