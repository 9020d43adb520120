import { d } from './texts.ts'

const LEAST = 10
const MOST = 128

/** What is wrong with a new password, said twice: nothing is, where both are undefined. */
export function passwordFaults(password: string, again: string) {
  const short = [...password].length < LEAST && d('welcome.short')
  const long = [...password].length > MOST && d('welcome.long')
  return { password: short || long || undefined, again: (password !== again && d('welcome.differs')) || undefined }
}
