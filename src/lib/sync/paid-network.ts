/** What some browsers tell of the network (Network Information API); WebKit and Firefox tell nothing. */
interface Connection extends EventTarget {
  readonly type?: string;
  readonly saveData?: boolean;
}

function connection(): Connection | undefined {
  return (globalThis.navigator as { readonly connection?: Connection } | undefined)?.connection;
}

/** Whether the browser tells what kind of network this is. */
export function tellsNetwork(): boolean {
  return connection()?.type !== undefined || isPaidNetwork();
}

/** MT9: whether the browser says that bytes cost something here: a mobile network, or somebody who saves data. */
export function isPaidNetwork(): boolean {
  const { type, saveData } = connection() ?? {};
  return type === 'cellular' || saveData === true;
}

/** Calls whenever bytes begin or cease to cost something, until the answer is called: browsers also tell of every speed. */
export function onNetworkChange(listener: () => void): () => void {
  const heard = connection();
  let paid = isPaidNetwork();
  const changed = (): void => {
    if (isPaidNetwork() === paid) return;
    paid = !paid;
    listener();
  };
  heard?.addEventListener('change', changed);
  return () => heard?.removeEventListener('change', changed);
}
