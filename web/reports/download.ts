import { request } from '../api.ts'

/** Saves what a path answers as a file. @throws what `request` throws */
export async function download(path: string, name: string): Promise<void> {
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await (await request(path, {})).blob())
  link.download = name
  link.click()
  URL.revokeObjectURL(link.href)
}
