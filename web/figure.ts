/** A figure's path, as the list behind it is asked for: server/core/list.ts. */
export const figure = (...path: readonly string[]): string => path.map(encodeURIComponent).join('/')
