import { type Trouble, trouble } from './kinds.ts'

/** What the first nine digits of a firm's tax code weigh (as python-stdnum has it, vn.mst). */
const WEIGHTS = [31, 29, 23, 19, 17, 13, 7, 5, 3]

/** The tenth digit of a firm's tax code; undefined where no tax code begins with these nine. */
function tenthDigit(nine: string): number | undefined {
  const sum = WEIGHTS.reduce((sum, weight, at) => sum + weight * Number(nine[at]), 0)
  return sum % 11 === 0 ? undefined : 10 - (sum % 11)
}

const isFirm = (ten: string): boolean => tenthDigit(ten) === Number(ten[9])

/**
 * A Vietnamese tax code: ten digits, the last a check digit; with the three of a branch behind a hyphen; or the twelve of
 * a citizen, which households use and which have no check digit.
 */
export function readTaxCode(text: string): string | Trouble {
  const found = /^(\d{10})(?:-?(\d{3}))?$/.exec(text)
  if (found !== null) {
    const [, ten = '', branch] = found
    if (!isFirm(ten)) return trouble('bad_tax_code', { right: tenthDigit(ten) })
    return branch === undefined ? ten : `${ten}-${branch}`
  }
  if (/^\d{12}$/.test(text)) return text
  // The codes of Hà Nội, Thành phố Hồ Chí Minh and most provinces begin with a zero, which a spreadsheet drops.
  const whole = `0${text}`
  return /^\d{10}$/.test(whole) && isFirm(whole)
    ? trouble('bad_tax_code', { whole })
    : trouble('bad_tax_code', {})
}
