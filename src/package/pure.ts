import ts from 'typescript'

const MARK = '/* @__PURE__ */ '

/**
 * No module here does anything when it is loaded, so whatever a call at its top makes may be left out where nobody asks
 * for it. Bundlers believe that only of calls that are marked, and take whole tables along otherwise.
 * @param code of a chunk. Modules of other packages stay as they are, but for asking for one of CommonJS.
 */
export function markPure(code: string): string {
  const file = ts.createSourceFile('chunk.js', code, ts.ScriptTarget.ES2022)
  const marks: { readonly at: number; readonly text: string }[] = []
  let isOurs = true

  const markCalls = (node: ts.Node): void => {
    if (ts.isFunctionLike(node) || ts.isClassLike(node)) return
    if (ts.isCallExpression(node) || ts.isNewExpression(node))
      marks.push({ at: node.getStart(file), text: MARK })
    ts.forEachChild(node, markCalls)
  }

  /** A name, a number, a text or a function is what it is. */
  const isSimple = (value: ts.Expression): boolean =>
    ts.isFunctionLike(value) || ts.isLiteralExpression(value) || ts.isBinaryExpression(value)

  const wrap = (value: ts.Expression): void => {
    marks.push({ at: value.getStart(file), text: `${MARK}(() => (` }, { at: value.end, text: '))()' })
  }

  for (const statement of file.statements) {
    const above = code.slice(statement.pos, statement.getStart(file))
    const from = [...above.matchAll(/^\/\/ (src|node_modules)\//gm)].at(-1)?.[1]
    if (from !== undefined) isOurs = from === 'src'
    if (!ts.isVariableStatement(statement)) continue
    for (const { initializer } of statement.declarationList.declarations) {
      if (initializer === undefined) continue
      if (!isOurs && !/^__(toESM|commonJS)\(/.test(initializer.getText(file))) continue
      if (isOurs && !isSimple(initializer) && isDoubtful(initializer)) wrap(initializer)
      else markCalls(initializer)
    }
  }
  return insert(code, marks)
}

/** What bundlers doubt even inside a call that is marked: it could ask objects for something, and they could answer. */
const isDoubtful = (node: ts.Node): boolean =>
  ts.isSpreadAssignment(node) ||
  ts.isSpreadElement(node) ||
  ts.isTemplateExpression(node) ||
  ts.isBinaryExpression(node) ||
  (!ts.isFunctionLike(node) && ts.forEachChild(node, isDoubtful) === true)

function insert(code: string, marks: readonly { readonly at: number; readonly text: string }[]): string {
  let marked = ''
  let done = 0
  for (const { at, text } of [...marks].sort((a, b) => a.at - b.at)) {
    marked += code.slice(done, at) + text
    done = at
  }
  return marked + code.slice(done)
}
