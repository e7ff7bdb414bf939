/** What typedoc's Markdown needs to show these pages as GitHub does. Only what is used here of markdown-it is typed. */

interface Token {
  type: string
  content: string
  info: string
  children: Token[] | null
}

interface State {
  readonly tokens: Token[]
  readonly Token: new (type: string, tag: string, nesting: 0) => Token
}

type Rule = (tokens: Token[], at: number, options: unknown, env: unknown, self: Renderer) => string

interface Renderer {
  readonly rules: Record<string, Rule | undefined>
  renderToken(tokens: Token[], at: number, options: unknown): string
}

export interface Markdown {
  readonly core: { readonly ruler: { push(name: string, rule: (state: State) => void): void } }
  readonly renderer: Renderer
}

export function asOnGitHub(markdown: Markdown): void {
  markdown.core.ruler.push('code in headings', (state) => {
    for (const [at, { type }] of state.tokens.entries())
      if (type === 'heading_open') spellOutCode(state, state.tokens[at + 1]!)
  })
  // Blocks without a language are bytes and texts; typedoc takes them for programs.
  markdown.core.ruler.push('plain blocks', ({ tokens }) => {
    for (const token of tokens) if (token.type === 'fence') token.info ||= 'text'
  })
  // Wide tables scroll by themselves, not the page.
  markdown.renderer.rules.table_open = () => '<div class="table"><table>\n'
  markdown.renderer.rules.table_close = () => '</table></div>\n'
}

/** Anchors are made of texts alone: without this, a heading's code would be missing from its anchor. */
function spellOutCode({ Token }: State, heading: Token): void {
  const tokenOf = (type: string, content: string): Token =>
    Object.assign(new Token(type, '', 0), { content, children: null })
  heading.children = (heading.children ?? []).flatMap((token) =>
    token.type === 'code_inline'
      ? [tokenOf('html_inline', '<code>'), tokenOf('text', token.content), tokenOf('html_inline', '</code>')]
      : [token],
  )
}
