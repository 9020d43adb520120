/** A snapshot's text as it is kept: compressed, with a checksum. */
import { promisify } from 'node:util'
import { constants, zstdCompress, zstdDecompress } from 'node:zlib'

const compress = promisify(zstdCompress)
const decompress = promisify(zstdDecompress)
/** Without it a flipped bit would come back as another floor. */
const CHECKED = { params: { [constants.ZSTD_c_checksumFlag]: 1 } }

export async function pressText(text: string): Promise<Uint8Array> {
  return await compress(Buffer.from(text), CHECKED)
}

/** What was pressed; empty, which is no snapshot, when the bytes are damaged. */
export function unpressText(bytes: Uint8Array): Promise<string> {
  return decompress(bytes).then(String, () => '')
}
