import { expect, test } from 'vitest'
import { LIMITS, Limits, TooOften } from '#server/auth/limits.ts'

const guesses = async (limits: Limits, addresses: readonly string[]) => {
  for (const [i, address] of addresses.entries()) await limits.guess(address, `person ${i}`)
}

test('[limits] whoever has an IPv6 address has all of its /64, and is counted as one', async () => {
  const limits = new Limits({ ...LIMITS, wrongPerAddress: 3 })
  await guesses(limits, ['2001:db8::1', '2001:db8:0:0:ffff::2', '2001:db8::a:b:c:d'])
  await expect(limits.guess('2001:db8::9', 'person 4')).rejects.toThrow(TooOften)
  await guesses(limits, ['2001:db8:0:1::1', '2001:db8:1::1', '10.0.0.1', '10.0.0.2'])
})

test('[limits] an address that has to wait does not count against whom it guesses at', async () => {
  const limits = new Limits({ ...LIMITS, wrongPerAddress: 1, wrongPerName: 2 })
  await limits.guess('10.0.0.1', 'someone else')
  for (let i = 0; i < 5; i++) await expect(limits.guess('10.0.0.1', 'zhou')).rejects.toThrow(TooOften)
  await limits.guess('10.0.0.2', 'zhou')
})

test('[limits] what was right, or could not be judged, does not count', async () => {
  const limits = new Limits({ ...LIMITS, wrongPerAddress: 2, wrongPerName: 2 })
  for (let i = 0; i < 5; i++) {
    await limits.guess('10.0.0.1', 'zhou')
    await limits[i % 2 === 0 ? 'right' : 'undecided']('10.0.0.1', 'zhou')
  }
})
