import './style.css'
import { openKiosk } from './kiosk/kiosk.ts'
import { createDecoder } from './scan/decoder.ts'
import { run } from './ui/dom.ts'
import { Shell } from './ui/shell.ts'

run(async () => {
  new Shell(await openKiosk(), createDecoder(), document.querySelector<HTMLElement>('#kiosk')!)
})

// Asks the browser not to clear what stands against older lists.
void navigator.storage?.persist?.()
navigator.serviceWorker?.register('sw.js').catch(console.warn)
