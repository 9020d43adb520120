/** The only way a page speaks to the live edge: in the build this stands for all of those that the client knows (vite.config.ts). */
import { WebSocket } from 'engine.io-client'

export const transports = {
  // The client's own modules load one another in a circle: it is not there yet when this is.
  get websocket() {
    return WebSocket
  },
}
