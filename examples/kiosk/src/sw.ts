import { keepBuild } from '../../shared/keep-build.ts'

// The names are those of kiosk/builds.ts: a worker that imported them would no longer be one file.

/** A newer build waits until the page says that nobody is scanning. */
keepBuild({
  prefix: 'kiosk-',
  isPage: (path) => /^(index\.html)?([?#]|$)/.test(path),
  takesOver: false,
})

self.addEventListener('message', ({ data }) => {
  if (data === 'take-over') void (self as unknown as { skipWaiting(): Promise<void> }).skipWaiting()
})
