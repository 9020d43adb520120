/** The panels of a wall in the order in which they are told off where there is no room for all. */
export const PANELS = ['queues', 'alerts', 'response', 'pickups', 'agents', 'stock', 'clocks'] as const
export type PanelName = (typeof PANELS)[number]

/** Room a panel asks for, in units of the page (`--u`). */
export interface Shape {
  across: number
  down: number
}

/** The shapes in which a panel can show what it has to say, the widest first. */
export const SHAPES: Record<PanelName, readonly Shape[]> = {
  queues: [{ across: 40, down: 32 }],
  alerts: [{ across: 48, down: 36 }],
  response: [{ across: 52, down: 34 }],
  pickups: [{ across: 40, down: 34 }],
  agents: [
    { across: 130, down: 30 },
    { across: 90, down: 36 },
    { across: 48, down: 50 },
  ],
  stock: [{ across: 48, down: 24 }],
  clocks: [
    { across: 150, down: 28 },
    { across: 92, down: 46 },
    { across: 48, down: 88 },
  ],
}

export const isPanel = (name: string): name is PanelName => (PANELS as readonly string[]).includes(name)
