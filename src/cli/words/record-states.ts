/** The states of a run as people are told of them. */
export type ToldState =
  | 'unfinished'
  | 'finished'
  | 'void'
  | 'released'
  | 'partly_released'
  | 'revoked'
  | 'partly_revoked'
