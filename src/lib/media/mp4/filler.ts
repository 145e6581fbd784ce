/** Behind the last bit of a message of any unit (ITU-T H.264, 7.3.2.11). */
const end = 0x80;
/** The payload that says nothing: as many bytes of 0xff as one likes (ITU-T H.264, D.1.4; H.265, D.2.4). */
const filler = 3;
/** The longest of one message, its type and length included, so that its length is one byte. */
const longest = 256;

/** A message that says nothing, of exactly so many bytes, behind a unit's header. No three of them look like a beginning. */
export function fillerMessage(length: number): readonly number[] {
  const bytes: number[] = [];
  for (let left = length - 1; left >= 2;) {
    // One byte alone is no message.
    const take = left - longest === 1 ? longest - 1 : Math.min(left, longest);
    bytes.push(filler, take - 2, ...Array<number>(take - 2).fill(0xff));
    left -= take;
  }
  bytes.push(end);
  while (bytes.length < length) bytes.push(0);
  return bytes;
}
