/** The file system of the embedded database fails with numbers of its own (WASI) and no words. */
const FILE_ERRORS: Record<number, string> = {
  2: 'EACCES',
  19: 'EDQUOT',
  29: 'EIO',
  33: 'EMFILE',
  37: 'ENAMETOOLONG',
  51: 'ENOSPC',
  63: 'EPERM',
  69: 'EROFS',
}

/** What an error says went wrong. */
export function saidBy(error: unknown): string {
  if (error instanceof Error) return error.message
  const { errno } = Object(error) as { errno?: number }
  return errno === undefined ? String(error) : (FILE_ERRORS[errno] ?? `file system error ${errno}`)
}
