import { PASSWORD } from '#core/person.ts'
import { d } from './texts.ts'

/** What is wrong with a new password, said twice: nothing is, where neither says so. */
export function passwordFaults(password: string, again: string) {
  const short = [...password].length < PASSWORD.min && d('welcome.short')
  const long = [...password].length > PASSWORD.max && d('welcome.long')
  const fault = short || long || undefined
  return { password: fault, again: fault === undefined && password !== again && d('welcome.differs') }
}
