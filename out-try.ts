import { chromium } from '/work/wt/kiosk/node_modules/playwright-core/index.mjs'
import { readFileSync } from 'node:fs'
import { serve } from '/work/wt/kiosk/examples/kiosk/test/support/server.ts'
const k='/work/wt/kiosk/examples/kiosk/'
const s = await serve(k+'out/site', { demo: k+'out/demo' })
const b = await chromium.launch({ executablePath:'/usr/bin/chromium', args:['--no-sandbox','--disable-gpu','--use-fake-device-for-media-stream','--use-fake-ui-for-media-stream'] })
const p = await b.newPage({ viewport:{width:1280,height:800} })
p.on('console', m=>console.log('console', m.type(), m.text())); p.on('pageerror', e=>console.log('ERR', e.message))
await p.goto(s.address)
await p.waitForTimeout(800)
await p.screenshot({path:'/tmp/k1.png'})
await p.getByRole('button',{name:'Dùng tệp của bản thử'}).click()
await p.waitForTimeout(1500)
await p.screenshot({path:'/tmp/k2.png'})
let i=3
for (const n of ['valid','sealed','dated','revoked','forged','unknown','not-issued']) {
  await p.setInputFiles('.sources input[type=file]', k+`out/demo/pictures/${n}.png`)
  await p.waitForTimeout(900)
  await p.screenshot({path:`/tmp/k-${n}.png`})
  console.log(n, await p.locator('.word').textContent())
}
for (const t of ['Lịch sử','Danh sách','Máy quét']) { await p.getByRole('button',{name:t, exact:true}).click(); await p.waitForTimeout(300); await p.screenshot({path:`/tmp/k-t${i++}.png`}) }
await b.close(); await s.close()
