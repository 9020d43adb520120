/** Something the person at the keyboard has to change; its message is one line that says what. */
export class UsageError extends Error {}
