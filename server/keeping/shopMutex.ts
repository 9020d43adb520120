/** What changes the log of a shop itself goes one after the other. */
export class ShopMutex {
  #last = new Map<number, Promise<unknown>>()

  /** Begins when what was asked of the shop before has ended, however it did. */
  take<T>(shopId: number, work: () => Promise<T>): Promise<T> {
    const before = this.#last.get(shopId) ?? Promise.resolve()
    const turn = before.catch(() => undefined).then(work)
    this.#last.set(shopId, turn)
    return turn
  }

  /** Resolves when all that was asked has ended. */
  async settled(): Promise<void> {
    await Promise.allSettled(this.#last.values())
  }
}
