/** The same as in package.json, which a command line in one file doesn't have beside it: a test compares them. */
export const VERSION = '0.2.0'
