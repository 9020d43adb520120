/** The panels of a wall in the order in which they are told off where there is no room for all. */
export const PANELS = ['queues', 'alerts', 'response', 'pickups', 'agents', 'stock', 'clocks'] as const
export type PanelName = (typeof PANELS)[number]

/** Room a panel asks for, in units of the page (`--u`). */
export interface Shape {
  across: number
  down: number
}

/** The shapes in which a panel can show what it has to say, the widest first. Given more room it grows by itself. */
export const SHAPES: Record<PanelName, readonly Shape[]> = {
  queues: [{ across: 45, down: 38 }],
  alerts: [{ across: 55, down: 37 }],
  response: [
    { across: 89, down: 30 },
    { across: 61, down: 36 },
  ],
  pickups: [{ across: 45, down: 26 }],
  agents: [
    { across: 89, down: 34 },
    { across: 61, down: 48 },
  ],
  stock: [{ across: 55, down: 26 }],
  clocks: [
    { across: 190, down: 24 },
    { across: 118, down: 34 },
    { across: 72, down: 50 },
    { across: 49, down: 68 },
  ],
}

export const isPanel = (name: string): name is PanelName => (PANELS as readonly string[]).includes(name)
