/** What files are put together from: texts stand for their bytes in Latin-1, numbers for one byte. */
export type Part = Uint8Array | string | number | readonly Part[];

export function bytes(...parts: readonly Part[]): Buffer {
  return Buffer.concat(
    parts.map((part) => {
      if (typeof part === 'string') return Buffer.from(part, 'latin1');
      if (typeof part === 'number') return Buffer.of(part);
      return part instanceof Uint8Array ? part : bytes(...part);
    })
  );
}

/** The first byte weighs most. */
export function big(value: number, length = 4): Buffer {
  const found = Buffer.alloc(length);
  for (let at = 0; at < length; at++) found[length - 1 - at] = Math.floor(value / 256 ** at) % 256;
  return found;
}

/** The last byte weighs most. */
export function little(value: number, length = 4): Buffer {
  return big(value, length).reverse();
}

export const zeros = (length: number): Buffer => Buffer.alloc(length);
