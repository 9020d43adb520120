import { UsageError } from '../play/usageError.ts'

export interface WantedKey {
  name: string
  scopes: string[]
  shop: string
}

/** Asks a server for a key, as its administrator. @throws UsageError when it gives none */
export async function makeKey(url: string, adminKey: string, wanted: WantedKey): Promise<string> {
  const response = await fetch(`${url}/api/keys`, {
    method: 'POST',
    headers: { authorization: `Bearer ${adminKey}`, 'content-type': 'application/json' },
    body: JSON.stringify(wanted),
  })
  if (response.status !== 201) throw new UsageError(`no key for ${wanted.name}: the server answered ${response.status}`)
  const { key } = (await response.json()) as { key: string }
  return key
}
