/** What the app cannot do without, or not offline without. */
export type Missing = 'crypto' | 'indexeddb' | 'locks' | 'service-worker';

/** `fatal`: the app cannot work here at all; else it works, but not from a cold start without a network. */
export type Abilities = 'ok' | { readonly missing: Missing; readonly fatal: boolean };

/** Looks, once at the start, for what an old browser or a private window lacks. */
export async function lookAtAbilities(): Promise<Abilities> {
  if (!globalThis.crypto?.subtle) return { missing: 'crypto', fatal: true };
  if (!(await hasDatabase())) return { missing: 'indexeddb', fatal: true };
  if (!('locks' in navigator)) return { missing: 'locks', fatal: true };
  if (!('serviceWorker' in navigator)) return { missing: 'service-worker', fatal: false };
  return 'ok';
}

/** Milliseconds after which no answer is none that says no: what then is the matter is seen when the app starts (NW11). */
const patience = 3_000;

/** A private window may have the interface and refuse to open anything. A full disk is not that. */
function hasDatabase(): Promise<boolean> {
  return new Promise((resolve) => {
    setTimeout(() => resolve(true), patience);
    if (!('indexedDB' in globalThis) || !indexedDB) return resolve(false);
    try {
      const opening = indexedDB.open('twinspace-look');
      opening.addEventListener('success', () => {
        opening.result.close();
        indexedDB.deleteDatabase('twinspace-look');
        resolve(true);
      });
      opening.addEventListener('error', () => resolve(opening.error?.name === 'QuotaExceededError'));
    } catch {
      resolve(false);
    }
  });
}
