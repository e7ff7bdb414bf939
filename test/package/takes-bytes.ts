import { readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import ts from 'typescript'

/**
 * The functions of the built package that take bytes, directly or within what they take, read from its type
 * declarations: `loadTrustList`, `new Code`, and, of what functions return, `createIssuer().issue`.
 */
export async function functionsThatTakeBytes(): Promise<string[]> {
  const files = doorFiles()
  const program = ts.createProgram(files, {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.NodeNext,
    moduleResolution: ts.ModuleResolutionKind.NodeNext,
    types: ['node'],
    strict: true,
  })
  const found = new Set<string>()
  const checker = program.getTypeChecker()
  for (const file of files) {
    const given: object = await import(file.replace(/\.d\.ts$/, '.js'))
    const door = checker.getSymbolAtLocation(program.getSourceFile(file)!)!
    for (const symbol of checker.getExportsOfModule(door)) {
      if (!(symbol.name in given)) continue // a type, though perhaps of a class
      const value = symbol.flags & ts.SymbolFlags.Alias ? checker.getAliasedSymbol(symbol) : symbol
      new Walk(checker, found).value(symbol.name, value)
    }
  }
  return [...found].sort()
}

/** The type declarations of every door in package.json. */
function doorFiles(): string[] {
  const root = new URL('../../', import.meta.url)
  const { exports } = JSON.parse(readFileSync(new URL('package.json', root), 'utf8'))
  const doors = Object.values(exports) as (string | { import: { types: string } })[]
  return doors.flatMap((door) =>
    typeof door === 'string' ? [] : [fileURLToPath(new URL(door.import.types, root))],
  )
}

/** How many steps from an exported function its results are followed. */
const DEPTH = 3

class Walk {
  readonly #checker: ts.TypeChecker
  readonly #found: Set<string>

  constructor(checker: ts.TypeChecker, found: Set<string>) {
    this.#checker = checker
    this.#found = found
  }

  value(name: string, symbol: ts.Symbol): void {
    const type = this.#checker.getTypeOfSymbol(symbol)
    for (const signature of type.getConstructSignatures()) this.#call(`new ${name}`, signature, DEPTH)
    this.#callable(name, type, DEPTH)
    if (type.getCallSignatures().length === 0) this.#members(name, type, 1)
  }

  #callable(name: string, type: ts.Type, depth: number): void {
    for (const signature of type.getCallSignatures()) this.#call(name, signature, depth)
  }

  #call(name: string, signature: ts.Signature, depth: number): void {
    const parameters = signature.parameters.map((parameter) => this.#checker.getTypeOfSymbol(parameter))
    if (parameters.some((type) => this.#holdsBytes(type, new Set()))) this.#found.add(name)
    if (depth > 0) this.#members(`${name}()`, signature.getReturnType(), depth - 1)
  }

  /** What can be called of a result: its methods, and those of what it holds. */
  #members(name: string, type: ts.Type, depth: number): void {
    for (const part of this.#partsOf(type)) {
      if (!isOurs(part)) continue
      for (const property of part.getProperties()) {
        const held = this.#checker.getTypeOfSymbol(property)
        const path = `${name}.${property.name}`
        this.#callable(path, this.#checker.getNonNullableType(held), depth)
        if (depth > 0) this.#members(path, held, depth - 1)
      }
    }
  }

  /** The members of a union; what a promise or a stream comes to. */
  #partsOf(type: ts.Type): ts.Type[] {
    if (type.isUnion()) return type.types.flatMap((part) => this.#partsOf(part))
    if (!/^(Promise|AsyncGenerator|Generator)$/.test(type.symbol?.name ?? '')) return [type]
    const [inner] = this.#checker.getTypeArguments(type as ts.TypeReference)
    return inner === undefined ? [] : this.#partsOf(inner)
  }

  #holdsBytes(type: ts.Type, seen: Set<ts.Type>): boolean {
    if (seen.has(type)) return false
    seen.add(type)
    if (type.symbol?.name === 'Uint8Array') return true
    const inner = type.isUnionOrIntersection()
      ? type.types
      : [
          ...this.#checker.getTypeArguments(type as ts.TypeReference),
          ...(isOurs(type) ? type.getProperties().map((each) => this.#checker.getTypeOfSymbol(each)) : []),
          ...this.#checker.getIndexInfosOfType(type).map((info) => info.type),
        ]
    return inner.some((part) => this.#holdsBytes(part, seen))
  }
}

/** A type that the package itself declares, or one without a name. */
const isOurs = (type: ts.Type): boolean =>
  type.symbol?.declarations?.some((declaration) => /\/dist\//.test(declaration.getSourceFile().fileName)) ??
  false
