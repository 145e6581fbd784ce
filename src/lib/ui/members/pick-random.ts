/** A whole number from 0 up to, not including, `below`, each equally likely; from the browser's cryptographic source. */
export function pickRandom(below: number): number {
  const box = new Uint32Array(1);
  const fair = Math.floor(2 ** 32 / below) * below;
  for (;;) {
    crypto.getRandomValues(box);
    const [drawn = 0] = box;
    if (drawn < fair) return drawn % below;
  }
}
