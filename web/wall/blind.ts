/** The context in which panels learn that nothing has been heard from any source: then no panel may say that all is well. */
export const BLIND = Symbol('blind')
export type Blind = () => boolean
