import { MAX_NAME_LENGTH } from '../trust/catalogue.ts'
import type { FacilityDetails, ProductDetails } from '../trust/details.ts'
import { type KnownColumn, lineUpTo, textUpTo } from './columns.ts'
import { readTaxCode } from './tax-code.ts'
import { MAX_FIELD_LENGTH } from './text.ts'

const MAX_IDENTIFIER_LENGTH = 100
const MAX_SHELF_LIFE_LENGTH = 100

const optional = { optional: true, trim: true } as const

export const FACILITY_DETAILS: readonly (KnownColumn & { readonly name: keyof FacilityDetails })[] = [
  {
    ...{ name: 'taxCode', ...optional, read: readTaxCode },
    aliases: ['taxcode', 'tax code', 'tax number', 'tax id', 'ma so thue', 'mst'],
  },
  {
    ...{ name: 'identifier', ...optional, read: lineUpTo(MAX_IDENTIFIER_LENGTH) },
    aliases: ['ma dinh danh', 'ma dinh danh don vi', 'ma dinh danh co so', 'so dinh danh', 'unit identifier'],
  },
]

export const PRODUCT_DETAILS: readonly (KnownColumn & { readonly name: keyof ProductDetails })[] = [
  {
    ...{ name: 'brand', ...optional, read: lineUpTo(MAX_NAME_LENGTH) },
    aliases: ['thuong hieu', 'nhan hieu', 'brand name'],
  },
  {
    ...{ name: 'origin', ...optional, read: textUpTo(MAX_FIELD_LENGTH) },
    aliases: ['xuat xu', 'nguon goc', 'nguon goc xuat xu', 'xuat xu hang hoa'],
  },
  {
    ...{ name: 'standards', ...optional, read: textUpTo(MAX_FIELD_LENGTH) },
    aliases: ['tieu chuan', 'tieu chuan ap dung', 'tieu chuan quy chuan', 'standard'],
  },
  {
    ...{ name: 'certificates', ...optional, read: textUpTo(MAX_FIELD_LENGTH) },
    aliases: ['chung nhan', 'giay chung nhan', 'chung chi', 'certificate', 'certification'],
  },
  {
    ...{ name: 'warnings', ...optional, read: textUpTo(MAX_FIELD_LENGTH) },
    aliases: ['canh bao', 'thong tin canh bao', 'khuyen cao', 'warning'],
  },
  {
    ...{ name: 'shelfLife', ...optional, read: lineUpTo(MAX_SHELF_LIFE_LENGTH) },
    aliases: ['shelflife', 'shelf life', 'han su dung', 'thoi han su dung', 'han dung', 'hsd'],
  },
]
