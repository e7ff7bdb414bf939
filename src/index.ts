export * from './authority.ts'
export * from './issue.ts'
export * from './print.ts'
export * from './verify.ts'
