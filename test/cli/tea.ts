import { readFileSync, writeFileSync } from 'node:fs'
import type { Desk } from './desk.ts'

/** A project of one facility with a GLN, a product whose id is its GTIN, and one that has none. */

export const TEA = '8935000000120'
export const TEA_GTIN = `0${TEA}`
export const BUYER = '8935000000021'

export async function foundTea(desk: Desk): Promise<void> {
  writeFileSync(desk.path('facilities.csv'), 'id,name,gln,address\n12,Trà Đồi Sương,8935000000014,\n')
  writeFileSync(
    desk.path('products.csv'),
    `id,facility,name,gtin,stars,image\n,12,Chè xanh,${TEA},,\n104,12,Chè đen,,,\n`,
  )
  const registry = ['--facilities', 'facilities.csv', '--products', 'products.csv']
  await desk.done('--yes', 'init', 'quang-ninh.example', ...registry)
  const config = JSON.parse(readFileSync(desk.path('veristamp.json'), 'utf8'))
  writeFileSync(
    desk.path('veristamp.json'),
    JSON.stringify({ ...config, prefixes: ['HTTPS://TEM.EXAMPLE/'] }),
  )
  await desk.done('keygen', '--no-encrypt')
  await desk.done('--yes', 'trust', 'build')
  await desk.done('list', '--raise', `12:${TEA}:1000000`, '--raise', '12:104:100')
}
