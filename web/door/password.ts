import { d } from './texts.ts'

const LEAST = 10
const MOST = 128

/** What is wrong with a new password, said twice: nothing is, where neither says so. */
export function passwordFaults(password: string, again: string) {
  const short = [...password].length < LEAST && d('welcome.short')
  const long = [...password].length > MOST && d('welcome.long')
  const fault = short || long || undefined
  return { password: fault, again: fault === undefined && password !== again && d('welcome.differs') }
}
