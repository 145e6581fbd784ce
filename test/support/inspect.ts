import type { Page } from '@playwright/test';

/** Every text that a tablet has stored: IndexedDB (binary values as Latin-1), local and session storage. */
export function storedTexts(page: Page): Promise<string> {
  return page.evaluate(async () => {
    const out: string[] = [JSON.stringify(localStorage), JSON.stringify(sessionStorage)];
    const bytes = (value: Uint8Array): string =>
      Array.from(value, (byte) => String.fromCharCode(byte)).join('');
    const flat = (value: unknown): string => {
      if (value instanceof ArrayBuffer) return bytes(new Uint8Array(value));
      if (ArrayBuffer.isView(value))
        return bytes(new Uint8Array(value.buffer, value.byteOffset, value.byteLength));
      if (Array.isArray(value)) return value.map(flat).join('\n');
      if (typeof value === 'object' && value !== null && !(value instanceof CryptoKey)) {
        return Object.entries(value)
          .map(([key, inner]) => `${key}: ${flat(inner)}`)
          .join('\n');
      }
      return String(value);
    };
    for (const { name } of await indexedDB.databases()) {
      const db = await new Promise<IDBDatabase>((resolve, reject) => {
        const opening = indexedDB.open(name ?? '');
        opening.onsuccess = () => resolve(opening.result);
        opening.onerror = () => reject(opening.error);
      });
      for (const store of db.objectStoreNames) {
        const rows = await new Promise<unknown[]>((resolve, reject) => {
          const all = db.transaction(store).objectStore(store).getAll();
          all.onsuccess = () => resolve(all.result);
          all.onerror = () => reject(all.error);
        });
        out.push(`${name}/${store}`, ...rows.map(flat));
      }
      db.close();
    }
    return out.join('\n');
  });
}
