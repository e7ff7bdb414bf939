import { Ajv, type ValidateFunction } from 'ajv'
import addFormats from 'ajv-formats'
import { expect } from 'vitest'
import { gs1Data } from './gs1-data.ts'

/** A validator of one of GS1's schemas. They use words that ajv does not know, such as `name` and `@id`. */
export function schemaOf(file: string): ValidateFunction {
  const ajv = new Ajv({ strict: false, allErrors: true })
  addFormats.default(ajv)
  return ajv.compile(JSON.parse(gs1Data(file)))
}

export function expectValid(validate: ValidateFunction, value: unknown): void {
  validate(value)
  expect(validate.errors ?? []).toEqual([])
}
