/** A line of CSV (RFC 4180), every field quoted. */
export const csvLine = (fields: readonly string[]): string => `${fields.map(quoted).join(',')}\r\n`

const quoted = (field: string): string => `"${field.includes('"') ? field.replaceAll('"', '""') : field}"`
