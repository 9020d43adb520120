import { readdirSync, readFileSync } from 'node:fs'
import { dirname, join, normalize } from 'node:path'
import { expect, test } from 'vitest'

/** Who may import whom: core ← db ← server; core ← web. */
const MAY: Record<string, readonly string[]> = {
  'server/core': ['server/core'],
  db: ['db', 'server/core'],
  server: ['server', 'server/core', 'db'],
  web: ['web', 'server/core'],
}
const PACKAGES_OF_CORE = ['zod']

const ALIASES: Record<string, string> = { '#core/': 'server/core/', '#db/': 'db/', '#server/': 'server/' }

function sources(folder: string): string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.(ts|svelte)$/.test(file))
    .map((file) => join(folder, file))
}

const partOf = (file: string) =>
  Object.keys(MAY)
    .sort((a, b) => b.length - a.length)
    .find((part) => file.startsWith(`${part}/`))

function importsOf(file: string): string[] {
  const text = readFileSync(file, 'utf8')
  return [...text.matchAll(/(?:from|import)\s*\(?\s*['"]([^'"]+)['"]/g)].map((match) => match[1] as string)
}

function resolved(file: string, name: string): string | undefined {
  const alias = Object.keys(ALIASES).find((prefix) => name.startsWith(prefix))
  if (alias !== undefined) return ALIASES[alias] + name.slice(alias.length)
  return name.startsWith('.') ? normalize(join(dirname(file), name)) : undefined
}

/** The file without its comments. */
const code = (file: string) => readFileSync(file, 'utf8').replace(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, '')

const files = ['server', 'db', 'web'].flatMap(sources)

test.each(files)('[house] %s imports only what its part may', (file) => {
  const part = partOf(file) as string
  for (const name of importsOf(file)) {
    const target = resolved(file, name)
    const targetPart = target === undefined ? undefined : partOf(target)
    if (targetPart !== undefined) expect(MAY[part], `${file} imports ${name}`).toContain(targetPart)
    if (part === 'server/core' && target === undefined)
      expect(PACKAGES_OF_CORE, `${file} imports ${name}`).toContain(name)
  }
})

/** [L10] core reads no clock and no chance, and does no I/O. */
const FORBIDDEN =
  /\b(Date\.now|new Date\(\)|performance\.|Math\.random|Temporal\.Now|setTimeout|setInterval|setImmediate|queueMicrotask|process\.|fetch\(|console\.|crypto\.)/

test.each(sources('server/core'))('[L10] %s reads no clock and no chance', (file) => {
  expect(code(file).match(FORBIDDEN)?.[0]).toBeUndefined()
})

test.each(sources('server/core'))('[house] %s has no `any`', (file) => {
  expect(code(file)).not.toMatch(/:\s*any\b|as any\b|<any>/)
})

/** What is shown is text: nothing makes markup of it, and the policy of the pages takes no style that stands in markup. */
const MARKUP = /\{@html|innerHTML|outerHTML|insertAdjacentHTML|document\.write|createContextualFragment|\sstyle="/

test.each(sources('web'))('[house] %s makes no markup of text', (file) => {
  expect(code(file).match(MARKUP)?.[0]).toBeUndefined()
})
