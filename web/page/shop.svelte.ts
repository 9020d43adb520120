import { read } from '../api.ts'

/** What a page of a shop says of it, asked for once: its name and its zone; without a shop, the zone of whoever looks. */
export class ShopFacts {
  name = $state<string | undefined>()
  timezone = $state(new Intl.DateTimeFormat().resolvedOptions().timeZone)

  constructor(shop: string | undefined) {
    if (shop !== undefined) void this.#load(shop)
  }

  async #load(shop: string): Promise<void> {
    const answer = await read<{ shops: { shop: string; name: string; timezone: string }[] }>('/api/shops').catch(
      () => undefined,
    )
    const found = answer?.shops.find((one) => one.shop === shop)
    if (found === undefined) return
    this.name = found.name
    this.timezone = found.timezone
  }
}
