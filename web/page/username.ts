/** What people sign in with, where it is no address: as the server takes it. */
const USERNAME = /^[A-Za-z0-9][A-Za-z0-9._-]{1,39}$/

export const isUsername = (name: string): boolean => USERNAME.test(name)
