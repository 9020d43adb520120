import { newApi } from './api.ts'
import type { Deps } from './deps.ts'
export function rejectedRoutes(_deps: Deps) {
  return newApi()
}
