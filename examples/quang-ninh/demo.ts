import { symbol, terminal } from 'veristamp'
import { gs1Story } from './gs1.ts'
import { openKiosk, openRevocationList, openTrustList, play, readBack, tell } from './kiosk.ts'
import { issueStamps, readFiles, writeFiles } from './printer.ts'
import { foundProvince } from './province.ts'
import { revocationScenes } from './revocation-scenes.ts'
import { mainScenes } from './scenes.ts'
import { printSheets } from './sheets.ts'
import { trustScenes } from './trust-scenes.ts'

/** The main job from end to end, on the example registry: issue, print, read back, and tell good from bad. */

const now = new Date()
const seconds = (from: number): string => `${((performance.now() - from) / 1000).toFixed(1)} s`

const province = await foundProvince(now)
const { facilities, products } = province.catalogue
console.log(`Registry: ${facilities.length} facilities, ${products.length} products.`)
console.log(`Trust list: ${province.issuers.size} issuers, ${province.trustList.length} bytes.`)

let start = performance.now()
const issued = await issueStamps(province)
console.log(`Issued ${issued.length} stamps in ${seconds(start)}.`)
start = performance.now()
writeFiles(issued, province)
console.log(`Wrote codes and symbols to examples/quang-ninh/out/ in ${seconds(start)}.`)

const tea = issued.at(-1)!
const name = products.find(({ id }) => id === tea.stamp.product)!.name
console.log(`\n${name}, serial ${tea.stamp.serial}: ${tea.bytes.length} bytes.`)
console.log(terminal(symbol(tea.toText())))

const { codes, ...files } = readFiles()
const trustList = openTrustList(files.trustList, province)
const verifier = openKiosk([trustList], [openRevocationList(files.revocationList, trustList)])
start = performance.now()
const unread = readBack(codes, verifier, now)
console.log(`Read back ${codes.length} codes in three forms in ${seconds(start)}: ${unread} not valid.\n`)

const scenes = await mainScenes(province, verifier, now)
const trust = await trustScenes(province, now)
const revocation = await revocationScenes(province, trustList, now)
const surprises = trust.surprises + play([...scenes, ...trust.scenes, ...revocation])
tell(scenes[0]!)
tell(revocation[2]!)
console.log(
  '\nvalid means issued by a trusted key and not revoked as far as the lists say. It never means genuine: a photocopy of a stamp verifies too.',
)
const misprinted = await printSheets(province, verifier, now)
const mistold = await gs1Story(now)
if (unread + surprises + misprinted + mistold > 0) process.exitCode = 1
