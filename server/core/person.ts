/** What somebody signs in with, where it is no address. */
export const USER_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{1,39}$/

/** How long a password is, in characters. */
export const PASSWORD = { min: 10, max: 128 }
