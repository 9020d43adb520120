import { key } from '../key.svelte.ts'

/** Saves what a path answers as a file. */
export async function download(path: string, name: string): Promise<void> {
  const answer = await fetch(path, { headers: key.current ? { authorization: `Bearer ${key.current}` } : {} })
  if (!answer.ok) throw new Error(answer.statusText)
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await answer.blob())
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
