/** The package that a fleet brings along. */
declare module 'pg' {
  const pg: import('./driver.ts').PgDriver
  export default pg
}
