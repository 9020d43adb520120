/** Arrays as PostgreSQL reads them fastest: in its binary form, in one piece. The driver sends a Buffer as it is. */

const INT8 = 20
const TEXT = 25
/** Dimensions, a flag for nulls, the type of the elements; then of the one dimension its length and lower bound. */
const HEADER_BYTES = 20
const LENGTH_BYTES = 4
const INT8_BYTES = 8

/** For a parameter of type `bigint[]`. */
export function bigints(values: readonly number[]): Buffer {
  const bytes = begin(INT8, values.length, values.length * INT8_BYTES)
  let end = HEADER_BYTES
  for (const value of values) {
    end = bytes.writeInt32BE(INT8_BYTES, end)
    end = bytes.writeBigInt64BE(BigInt(value), end)
  }
  return bytes
}

/** For a parameter of type `text[]`. */
export function texts(values: readonly string[]): Buffer {
  const lengths = values.map((value) => Buffer.byteLength(value))
  const bytes = begin(
    TEXT,
    values.length,
    lengths.reduce((sum, length) => sum + length, 0),
  )
  let end = HEADER_BYTES
  for (const [i, value] of values.entries()) {
    end = bytes.writeInt32BE(lengths[i] ?? 0, end)
    end += bytes.write(value, end)
  }
  return bytes
}

function begin(type: number, length: number, contentBytes: number): Buffer {
  const bytes = Buffer.allocUnsafe(HEADER_BYTES + length * LENGTH_BYTES + contentBytes)
  bytes.writeInt32BE(1, 0)
  bytes.writeInt32BE(0, 4)
  bytes.writeInt32BE(type, 8)
  bytes.writeInt32BE(length, 12)
  bytes.writeInt32BE(1, 16)
  return bytes
}
