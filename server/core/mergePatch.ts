/** JSON Merge Patch, RFC 7396: the smallest patch between two JSON objects, and its application. */
export type Json = string | number | boolean | null | Json[] | { [key: string]: Json }
type JsonObject = { [key: string]: Json }
export type MergePatch = JsonObject

/**
 * The patch that turns `from` into `to`; `undefined` when they are equal. Arrays are replaced whole, a key that is gone
 * becomes null. Neither side may contain null values of its own: a merge patch cannot say them.
 */
export function diff<T extends object>(from: T, to: T): JsonObject | undefined {
  return diffObjects(from as unknown as JsonObject, to as unknown as JsonObject)
}

/** `target` with `patch` applied. Untouched parts are shared with `target`, which itself stays as it was. */
export function applyPatch<T extends object>(target: T, patch: object): T {
  return patched(target as unknown as Json, patch as JsonObject) as unknown as T
}

/** The patch of a view says nothing but a later instant. */
export function onlyTime(patch: object): boolean {
  for (const key in patch) if (key !== 'at') return false
  return true
}

function diffObjects(from: JsonObject, to: JsonObject): JsonObject | undefined {
  let patch: JsonObject | undefined
  const put = (key: string, value: Json) => {
    patch ??= {}
    if (key === '__proto__') Object.defineProperty(patch, key, { value, ...plain })
    else patch[key] = value
  }
  let kept = 0
  for (const key in to) {
    const a = from[key]
    const b = to[key] as Json
    if (!isOwn(a)) {
      if (b !== undefined) put(key, b)
      continue
    }
    kept++
    if (a === b) continue
    if (isObject(a) && isObject(b)) {
      const inner = diffObjects(a, b)
      if (inner !== undefined) put(key, inner)
    } else if (!equal(a, b)) put(key, b)
  }
  if (kept < sizeOf(from)) for (const key in from) if (!Object.hasOwn(to, key)) put(key, null)
  return patch
}

/** Not what an object has from its prototype, where an id is called `constructor` or `__proto__`. */
function isOwn(value: Json | undefined): value is Json {
  return value !== undefined && typeof value !== 'function' && (value as object) !== Object.prototype
}

function sizeOf(object: JsonObject): number {
  let size = 0
  for (const _ in object) size++
  return size
}

function patched(target: Json | undefined, patch: Json): Json {
  if (!isObject(patch)) return patch
  const result: JsonObject = isObject(target) ? { ...target } : {}
  for (const key of Object.keys(patch)) {
    const value = patch[key] as Json
    if (value === null) delete result[key]
    else Object.defineProperty(result, key, { value: patched(own(result, key), value), ...plain })
  }
  return result
}

const plain = { writable: true, enumerable: true, configurable: true }
const own = (object: JsonObject, key: string) => (Object.hasOwn(object, key) ? object[key] : undefined)

function isObject(value: Json | undefined): value is JsonObject {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function equal(a: Json, b: Json): boolean {
  if (a === b) return true
  if (Array.isArray(a)) return Array.isArray(b) && a.length === b.length && a.every((x, i) => equal(x, b[i] as Json))
  if (isObject(a)) return isObject(b) && diffObjects(a, b) === undefined
  return false
}
