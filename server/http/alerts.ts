import { newApi } from './api.ts'
import type { Deps } from './deps.ts'
export function alertRoutes(_deps: Deps) {
  return newApi()
}
