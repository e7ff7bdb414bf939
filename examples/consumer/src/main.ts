import { readConfig } from './config.ts'
import { openLists } from './lists.ts'
import { Page } from './page.ts'
import { fileAt } from './place.ts'

function start(): void {
  const config = readConfig()
  const lists = openLists(config, () => void page.check())
  const page = new Page(config, lists)
  for (const event of ['hashchange', 'popstate', 'pageshow', 'online'])
    addEventListener(event, () => page.read())
  void lists.ready.then(() =>
    navigator.serviceWorker?.register(fileAt('sw.js'), { updateViaCache: 'none' }).catch(console.warn),
  )
}

if (top === self) start()
else void import('./framed.ts').then(({ refuseFrame }) => refuseFrame())
