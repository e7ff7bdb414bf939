import { expect, it } from 'vitest'
import { firstSheets } from '../../support/first-sheets.ts'

/** Made by the code of before there was a second design: nobody changes these. */
const HASHES = {
  plain: '6cdafa1783eaf9436c35af0d1324bf6c7a62973fdb5d0b53dc98c09cbf2d1589',
  sealed: 'f475eb15c259e142656b06b51f4cbaede5ec6ceebde2b34e0b5051ba9cd3495e',
  english: '7a559d81ce91a72ab1881e4f1436b4858c2edc5d331fa13db28e61abb80f756a',
  symbols: 'cf9dabb7f7a6f15b6aca80b28935aa7aaad5b9f51e0966642e670d56b36fc602',
  'hidden symbols': 'f8fdfde729b0c6a3cb149142b34431078c85bba931210c6c3e051a42122b2ca2',
  hidden: 'b4126a5882a605bb3124d263bc8e8c1a63aab74bda57076068fb1ec4416b549f',
  upright: 'f28af8a849647284c2e4d5f3d8c28e6fdc00d8997d3c13a7c8dc84f423cb9ce6',
  moved: '3b35d7d709eb59619a9fb72e6507ef362661204a24193aad3abcbd9a47673ef8',
  links: '635dc8d4aded03da11bb6ce032cbe774e7d8d96bcffdcb978cb7fdda8eb17159',
  long: '0cbea35b0e03cd20194313349fa78e02e56b00e7552b1df4b5aee17da422387a',
}

it('the first design is drawn as it ever was: runs in the archives are signed for by their digests', async () => {
  expect(await firstSheets({ design: 1 })).toEqual(HASHES)
})
