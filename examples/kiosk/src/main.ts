import './style.css'
import { run } from '../../shared/run.ts'
import { createDecoder } from '../../shared/scan/decoder.ts'
import { standAlone } from './kiosk/alone.ts'
import { followBuilds } from './kiosk/builds.ts'
import { openKiosk } from './kiosk/kiosk.ts'
import { openPin } from './kiosk/pin.ts'
import { elsewhereView } from './ui/elsewhere-view.ts'
import { Shell } from './ui/shell.ts'

const root = document.querySelector<HTMLElement>('#kiosk')!

/** Another window works with the log now: this one forgets what it knew of it. */
const onLost = (): void => location.reload()

async function start(takesOver = false): Promise<void> {
  if (!(await standAlone(onLost, takesOver))) {
    root.replaceChildren(elsewhereView(() => run(() => start(true))))
    return
  }
  const kiosk = await openKiosk()
  const shell = new Shell(kiosk, createDecoder(), await openPin(kiosk.keep), root)
  followBuilds(() => shell.isIdle)
}

run(() => start())

// Asks the browser not to clear what stands against older lists.
void navigator.storage?.persist?.()
