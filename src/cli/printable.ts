/** Text from a file, without letters that would move a terminal's cursor. */
export const printable = (text: string): string => text.replace(/[\p{C}\p{Zl}\p{Zp}]/gu, '�')
