/**
 * How browsers say that the connection to the database is gone: closed in the background (iOS), or with the process
 * that served it ("Connection to Indexed Database server lost").
 */
const lost = [
  'UnknownError',
  'InvalidStateError',
  'DatabaseClosedError',
  'AbortError',
  'TransactionInactiveError'
];

/** No more room: a fresh connection would find none either. */
const full = ['QuotaExceededError'];

/** What else a database may say for reasons of its own. */
const others = [
  'AbortError',
  'TransactionInactiveError',
  'TimeoutError',
  'OpenFailedError',
  'NotReadableError'
];

/** NW9: the connection to the tablet's database was lost: opened again it may work. */
export function isConnectionLost(error: unknown): boolean {
  return isOneOf(lost, error) && !isOneOf(full, error);
}

/** The tablet's storage failed, not we: what was tried may work when it is tried again. */
export function isStorageFailure(error: unknown): boolean {
  return isOneOf([...lost, ...full, ...others], error);
}

/** Dexie wraps the browser's own error as `inner`, and those of many writes at once as `failures`. */
function isOneOf(names: readonly string[], error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { inner, failures = [] } = error as { inner?: unknown; failures?: readonly unknown[] };
  return names.includes(error.name) || [inner, ...failures].some((cause) => isOneOf(names, cause));
}

/** To be caught with by what is tried again anyway: the storage's failures are passed over, mistakes of ours are not. */
export function exceptStorage(error: unknown): void {
  if (!isStorageFailure(error)) throw error;
}
