export type StartupProblem =
  | 'in_use'
  | 'not_writable'
  | 'damaged'
  | 'stopped'
  | 'unreachable'
  | 'wrong_password'
  | 'no_such_database'
  | 'too_old'
  | 'newer_schema'

/** Why the database cannot be used, or not any more. The message is one plain line that says what to do. */
export class StartupError extends Error {
  readonly problem: StartupProblem

  constructor(problem: StartupProblem, message: string, options?: ErrorOptions) {
    super(message, options)
    this.name = 'StartupError'
    this.problem = problem
  }
}
