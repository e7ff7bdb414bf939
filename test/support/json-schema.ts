import { isDeepStrictEqual } from 'node:util'

/** As much of JSON Schema 2020-12 as the schemas of this library use; any other keyword is an error. */

export interface JsonSchema {
  readonly [keyword: string]: unknown
}

type Check = (value: unknown, schema: JsonSchema, root: JsonSchema) => boolean

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value)
const has = (value: object, name: string) => Object.hasOwn(value, name)
const all = (schema: JsonSchema, keyword: string) => schema[keyword] as readonly JsonSchema[]
const props = (schema: JsonSchema) => (schema.properties ?? {}) as Record<string, JsonSchema>

const TYPES: Readonly<Record<string, (value: unknown) => boolean>> = {
  object: isObject,
  array: Array.isArray,
  string: (value) => typeof value === 'string',
  boolean: (value) => typeof value === 'boolean',
  integer: Number.isInteger,
}

const KEYWORDS: Readonly<Record<string, Check>> = {
  $schema: () => true,
  $id: () => true,
  $defs: () => true,
  title: () => true,
  description: () => true,
  format: () => true,
  $ref: (value, { $ref }, root) =>
    fits(value, (root.$defs as Record<string, JsonSchema>)[String($ref).replace('#/$defs/', '')]!, root),
  type: (value, { type }) => TYPES[type as string]!(value),
  const: (value, { const: one }) => isDeepStrictEqual(value, one),
  enum: (value, schema) => (schema.enum as unknown[]).includes(value),
  pattern: (value, { pattern }) =>
    typeof value !== 'string' || new RegExp(pattern as string, 'u').test(value),
  minLength: (value, { minLength }) => typeof value !== 'string' || [...value].length >= Number(minLength),
  maxLength: (value, { maxLength }) => typeof value !== 'string' || [...value].length <= Number(maxLength),
  minimum: (value, { minimum }) => typeof value !== 'number' || value >= Number(minimum),
  maximum: (value, { maximum }) => typeof value !== 'number' || value <= Number(maximum),
  minItems: (value, { minItems }) => !Array.isArray(value) || value.length >= Number(minItems),
  maxItems: (value, { maxItems }) => !Array.isArray(value) || value.length <= Number(maxItems),
  uniqueItems: (value) => !Array.isArray(value) || new Set(value).size === value.length,
  items: (value, { items }, root) =>
    !Array.isArray(value) || value.every((item) => fits(item, items as JsonSchema, root)),
  prefixItems: (value, schema, root) =>
    !Array.isArray(value) ||
    all(schema, 'prefixItems').every((each, i) => !(i in value) || fits(value[i], each, root)),
  required: (value, { required }) =>
    !isObject(value) || (required as string[]).every((name) => has(value, name)),
  properties: (value, schema, root) =>
    !isObject(value) ||
    Object.entries(props(schema)).every(([name, each]) => !has(value, name) || fits(value[name], each, root)),
  additionalProperties: (value, schema, root) =>
    !isObject(value) ||
    Object.keys(value).every(
      (name) =>
        has(props(schema), name) ||
        (schema.additionalProperties !== false &&
          fits(value[name], schema.additionalProperties as JsonSchema, root)),
    ),
  not: (value, { not }, root) => !fits(value, not as JsonSchema, root),
  anyOf: (value, schema, root) => all(schema, 'anyOf').some((each) => fits(value, each, root)),
  allOf: (value, schema, root) => all(schema, 'allOf').every((each) => fits(value, each, root)),
  if: (value, schema, root) => {
    const branch = schema[fits(value, schema.if as JsonSchema, root) ? 'then' : 'else'] as
      | JsonSchema
      | undefined
    return branch === undefined || fits(value, branch, root)
  },
  // biome-ignore lint/suspicious/noThenProperty: the keyword's name, in a table that nothing awaits
  then: () => true,
  else: () => true,
}

/** Whether a JSON value is as the schema says. */
export function fits(value: unknown, schema: JsonSchema, root: JsonSchema = schema): boolean {
  return Object.keys(schema).every((keyword) => {
    const check = KEYWORDS[keyword]
    if (check === undefined) throw new Error(`no such keyword here: ${keyword}`)
    return check(value, schema, root)
  })
}
