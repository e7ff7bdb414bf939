import ts from 'typescript'
import { RUNTIME_GLOBALS } from './plan.ts'

/** Source texts by their path under `src/`. */
export type House = ReadonlyMap<string, string>

/** Something that a file does, and on which line. */
export interface Use {
  readonly what: string
  readonly line: number
}

export interface Inspected {
  /** Module names, in whatever form they are imported. A computed one is `''`. */
  readonly imports: readonly Use[]
  /** What it takes from its surroundings and should not, unless it stands in a room with a runtime. */
  readonly globals: readonly Use[]
  /** Where it reads the clock: `new Date() as now` for the default of an option. */
  readonly clocks: readonly Use[]
  /** Whether it is nothing but re-exports. */
  readonly isDoor: boolean
  readonly lines: number
}

/** What each file of a house imports and uses, as TypeScript reads it. */
export function inspect(house: House): Map<string, Inspected> {
  const program = ts.createProgram({
    rootNames: [...house.keys()],
    // Without libraries, and each file alone: a name that no declaration of its file binds is a global.
    options: { noLib: true, noResolve: true, types: [], moduleDetection: ts.ModuleDetectionKind.Force },
    host: hostOf(house),
  })
  const checker = program.getTypeChecker()
  return new Map([...house.keys()].map((path) => [path, inspectFile(program.getSourceFile(path)!, checker)]))
}

const hostOf = (house: House): ts.CompilerHost => ({
  getSourceFile: (path, options) =>
    house.has(path) ? ts.createSourceFile(path, house.get(path)!, options, true) : undefined,
  fileExists: (path) => house.has(path),
  readFile: (path) => house.get(path),
  getDefaultLibFileName: () => 'lib.d.ts',
  getCurrentDirectory: () => '',
  getCanonicalFileName: (path) => path,
  useCaseSensitiveFileNames: () => true,
  getNewLine: () => '\n',
  writeFile: () => {},
})

function inspectFile(file: ts.SourceFile, checker: ts.TypeChecker): Inspected {
  const imports: Use[] = []
  const globals: Use[] = []
  const clocks: Use[] = []
  const put = (uses: Use[], node: ts.Node, what: string | undefined) => {
    if (what === undefined) return
    uses.push({ what, line: file.getLineAndCharacterOfPosition(node.getStart()).line + 1 })
  }
  const visit = (node: ts.Node): void => {
    put(imports, node, importedBy(node))
    put(globals, node, globalIn(node, checker))
    put(clocks, node, clockIn(node, checker))
    ts.forEachChild(node, visit)
  }
  visit(file)
  const isDoor = file.statements.every(ts.isExportDeclaration)
  return { imports, globals, clocks, isDoor, lines: file.text.trimEnd().split('\n').length }
}

/** The module that a node imports, if it does. */
function importedBy(node: ts.Node): string | undefined {
  if (ts.isImportDeclaration(node)) return textOf(node.moduleSpecifier)
  if (ts.isExportDeclaration(node)) return node.moduleSpecifier && textOf(node.moduleSpecifier)
  if (ts.isExternalModuleReference(node)) return textOf(node.expression)
  if (ts.isImportTypeNode(node))
    return ts.isLiteralTypeNode(node.argument) ? textOf(node.argument.literal) : ''
  const isDynamic = ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword
  return isDynamic ? textOf(node.arguments[0]) : undefined
}

const textOf = (node: ts.Node | undefined): string =>
  node !== undefined && ts.isStringLiteralLike(node) ? node.text : ''

/** The global of a runtime that a node names, or the way to run a text as code. */
function globalIn(node: ts.Node, checker: ts.TypeChecker): string | undefined {
  if (ts.isCallExpression(node) || ts.isNewExpression(node)) {
    return isGlobal(node.expression, 'Function', checker) ? 'new Function' : undefined
  }
  const name = nameTakenFromGlobalThis(node) ?? (isReference(node) ? node.text : undefined)
  if (name === undefined || !RUNTIME_GLOBALS.includes(name)) return undefined
  return ts.isIdentifier(node) && !isGlobal(node, name, checker) ? undefined : name
}

/** `name` in `globalThis.name`, `globalThis['name']` and `{ name } = globalThis`. */
function nameTakenFromGlobalThis(node: ts.Node): string | undefined {
  if (ts.isPropertyAccessExpression(node)) return isGlobalThis(node.expression) ? node.name.text : undefined
  if (ts.isElementAccessExpression(node)) {
    return isGlobalThis(node.expression) ? textOf(node.argumentExpression) : undefined
  }
  if (!ts.isBindingElement(node) || !ts.isVariableDeclaration(node.parent.parent)) return undefined
  const { initializer } = node.parent.parent
  return initializer !== undefined && isGlobalThis(initializer)
    ? (node.propertyName ?? node.name).getText()
    : undefined
}

function isGlobalThis(node: ts.Expression): boolean {
  if (ts.isAsExpression(node) || ts.isParenthesizedExpression(node) || ts.isNonNullExpression(node)) {
    return isGlobalThis(node.expression)
  }
  return ts.isIdentifier(node) && node.text === 'globalThis'
}

/** True for an identifier that stands for a value or type of that name, rather than for a member. */
function isReference(node: ts.Node): node is ts.Identifier {
  if (!ts.isIdentifier(node)) return false
  const { parent } = node
  if (ts.isPropertyAccessExpression(parent)) return parent.name !== node
  if (ts.isQualifiedName(parent)) return parent.right !== node
  if (ts.isBindingElement(parent)) return parent.propertyName !== node
  return !ts.isImportSpecifier(parent) && !ts.isExportSpecifier(parent)
}

/** True for a reference that no declaration in its file binds. */
function isGlobal(node: ts.Node, name: string, checker: ts.TypeChecker): boolean {
  if (!isReference(node) || node.text !== name) return false
  const symbol = ts.isShorthandPropertyAssignment(node.parent)
    ? checker.getShorthandAssignmentValueSymbol(node.parent)
    : checker.getSymbolAtLocation(node)
  // For an unknown type there is a symbol, but it is declared nowhere.
  return (symbol?.declarations ?? []).length === 0
}

/** How a node reads the clock, if it does. */
function clockIn(node: ts.Node, checker: ts.TypeChecker): string | undefined {
  if (ts.isPropertyAccessExpression(node) && node.name.text === 'now') {
    return ['Date', 'performance'].find((clock) => isGlobal(node.expression, clock, checker))?.concat('.now')
  }
  if (ts.isCallExpression(node)) return isGlobal(node.expression, 'Date', checker) ? 'Date()' : undefined
  if (!ts.isNewExpression(node) || !isGlobal(node.expression, 'Date', checker)) return undefined
  if ((node.arguments?.length ?? 0) > 0) return undefined
  return isDefaultOfNow(node) ? 'new Date() as now' : 'new Date()'
}

const isDefaultOfNow = ({ parent }: ts.NewExpression): boolean =>
  (ts.isBindingElement(parent) || ts.isParameter(parent)) && parent.name.getText() === 'now'
