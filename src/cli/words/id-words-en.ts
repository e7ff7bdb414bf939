/** Words about GTINs in the place of small ids, in English. */
export const idsEn = {
  changed: (count: number) =>
    count === 0
      ? 'No product’s id changes.'
      : count === 1
        ? 'One product gets its GTIN as its id:'
        : `${count} products get their GTIN as their id:`,
  kept: (count: number, products: string) =>
    `${count === 1 ? 'One product has no GTIN and keeps its small id' : `${count} products have no GTIN and keep their small ids`} for good: ${products}. No GS1 link can carry such stamps.`,
  noFacility: (id: number) => `facility ${id} is not in the registry`,
  wrongDigit: (id: number, right: number) => `${id} is no GTIN either: its check digit should be ${right}`,
  demo: 'products without a GTIN got one that GS1 keeps for demonstrations (952…). Try things out with it, and sell nothing: order GTINs from GS1, then start a new project',
  gtinsAlone: '--gtins says GTINs, but not what they are for',
  gtinsAloneHow: 'add --ids gtin',
  mend: (file: string) => `mend the rows above in ${file}, and give the same command again`,
  noSuchId: (file: string, id: number) =>
    `${file} has a GTIN for product ${id}, which is not in the registry`,
  noSuchIdHow: 'see the ids in the products’ file',
  otherGtin: ({ file, name, gtin, own }: { file: string; name: string; gtin: string; own: string }) =>
    `${file} says GTIN ${gtin} for ${name}, and the registry says ${own}`,
  otherGtinHow: 'find out which one is right, and write the same in both files',
  sharedGtin: (gtin: string, one: string, other: string) => `GTIN ${gtin} belongs to ${one} and to ${other}`,
  sharedGtinHow: 'each product has a GTIN of its own',
}
