/** What a benchmark is, and one line of the table it fills. */

export interface Row {
  what: string
  /** Figures with their units. */
  ours: string
  reference: string
  /** Ours over the reference; left out where the goal is not one. */
  ratio?: number
  goal: string
  met: boolean
}

export interface Benchmark {
  name: string
  /** @param quick smaller sizes, for a first look: the goals are meant for the full ones */
  run(quick: boolean): Promise<Row[]>
}
