const name = 'twinspace-reserve';
const at = '/reserve';

/** Bytes: a day of a whole class in words, with room to spare. */
const size = 5_000_000;

/** What crypto fills at once. Bytes. */
const most = 65_536;

/**
 * BK3: holds some room on this device, so that it is noticed before the rest is full, and work still finds a place then.
 * Browsers do not say how much is left: Chromium answers with the same number everywhere. Resolves to whether it is
 * held; true where nothing can be held at all, which says nothing against the device.
 */
export async function holdReserve(): Promise<boolean> {
  if (!('caches' in globalThis)) return true;
  try {
    const cache = await caches.open(name);
    // Not by `match`: an answer that was found keeps its bytes, deleted or not, until the browser tidies its memory.
    if ((await cache.keys(at)).length > 0) return true;
    await cache.put(at, new Response(ballast()));
    return true;
  } catch (error) {
    return !(error instanceof Error && error.name === 'QuotaExceededError');
  }
}

/**
 * Gives the room that is held back to whatever else is to be stored. What is deleted is what the cache holds, not the
 * cache: that one keeps its bytes until nobody knows of it any more, in any tab.
 */
export async function releaseReserve(): Promise<void> {
  if (!('caches' in globalThis)) return;
  const held = caches.open(name).then((cache) => cache.delete(at));
  await held.catch(() => undefined);
}

/** Nothing that could be stored smaller than it is. */
function ballast(): Blob {
  const part = crypto.getRandomValues(new Uint8Array(most));
  return new Blob(Array.from({ length: Math.ceil(size / most) }, () => part));
}
