import type { KeyName, RegistryMessages } from './kinds.ts'

const LENGTHS: Readonly<Record<KeyName, string>> = { GLN: '13', GTIN: '8, 12, 13 or 14' }

/** English. */
export const messagesEn: RegistryMessages = {
  file_too_large: ({ bytes, max }) => `The file has ${bytes} bytes; at most ${max} are read.`,
  bad_encoding: () => 'Letters here are not UTF-8, or were lost before: save the file as CSV UTF-8.',
  empty_file: () => 'The file is empty: it has not even a header.',
  bad_delimiter: () => 'Separate the columns by commas, semicolons or tabs.',
  missing_header: ({ columns }) =>
    `No row at the top names the columns. They are ${columns.join(', ')}: write these names above the rows.`,
  missing_column: ({ name, like }) =>
    `There is no column named ${name}.${like === undefined ? '' : ` Is it ${JSON.stringify(like)}?`}`,
  too_many_columns: ({ count, max }) => `A file has at most ${max} columns; this has ${count}.`,
  too_many_rows: ({ max }) => `A file has at most ${max} rows.`,
  too_many_faults: () => 'There are too many faults to look further.',
  duplicate_column: ({ name }) => `There is already a column named ${name}.`,
  unnamed_column: () => 'The column of this value has no name in the header.',
  bad_quote: () => 'A quote is not closed, or stands inside a field without being doubled.',
  row_too_long: ({ max }) => `A row has at most ${max} characters.`,
  wrong_field_count: ({ header, row }) => `The header has ${header} fields; this row has ${row}.`,
  field_too_long: ({ length, max }) => `At most ${max} characters are allowed here; this has ${length}.`,
  unsafe_text: ({ letter, at }) =>
    `Letter ${at} is ${letter}, which is invisible and not allowed: type the text again.`,
  line_break: ({ at }) => `A line break or tab stands at letter ${at}: write this on one line.`,
  letters_not_in_font: ({ letters }) =>
    `The font of the labels lacks ${letters.join(', ')}: write it differently, or give a font that has it.`,
  missing_value: ({ name, or }) =>
    `Every row needs a value for ${name}${or === undefined ? '' : `, or for ${or}`}.`,
  not_a_number: () => 'Write only the digits 0 to 9 here, without spaces, signs or points.',
  rounded_number: ({ key }) =>
    `A spreadsheet turned this ${key} into a number and rounded it: format the column as text, then type all its digits again.`,
  lost_zeros: ({ key, whole }) =>
    `A spreadsheet may have dropped zeros in front: with them it is the ${key} ${whole}. Format the column as text, then type it again.`,
  leading_zero: ({ key }) =>
    `An id has no zeros in front, unless it is a whole ${key} with its right check digit.`,
  out_of_range: ({ key, below }) => `An id is below ${below}, or a whole ${key}.`,
  key_too_small: ({ key, number, below }) =>
    `As a number this ${key} is ${number}, and numbers below ${below} are ids of the catalogue: give an id of your own.`,
  bad_length: ({ key, length }) => `A ${key} has ${LENGTHS[key]} digits; this has ${length}.`,
  bad_check_digit: ({ right }) => `The check digit doesn't fit: after these digits it should be ${right}.`,
  bad_tax_code: ({ whole, right }) =>
    whole !== undefined
      ? `A spreadsheet may have dropped the zero in front: with it the tax code is ${whole}. Format the column as text, then type it again.`
      : right !== undefined
        ? `The tax code’s tenth digit doesn't fit: after these nine it should be ${right}.`
        : 'A tax code has 10 digits, or 10 and the 3 of a branch as in 0100109106-001, or the 12 of a citizen.',
  bad_stars: () => 'OCOP stars are a whole number from 1 to 5.',
  bad_image: () =>
    'A picture is an address that begins with https://, or a file in the registry’s folder, as in pictures/104.jpg.',
  duplicate_id: ({ line }) => `Line ${line} has this id already.`,
  duplicate_gtin: ({ line }) => `Line ${line} has this GTIN already: each product has its own.`,
  unknown_facility: ({ id }) =>
    `No row of the facilities file has this id.${id === undefined ? '' : ` It is the GLN of facility ${id}: write ${id}, or make the GLN that facility’s id.`}`,
  removed_letters: ({ letters }) => `Left out invisible letters: ${letters.join(', ')}.`,
  other_key: ({ key, whole }) =>
    `This row’s id is another ${key}: ${whole}. Stamps and links say the id, so write the same here, or nothing.`,
  shared_gln: ({ id, other, line }) =>
    `Facility ${id} has the GLN of facility ${other}, on line ${line}: a GLN names one place.`,
}
