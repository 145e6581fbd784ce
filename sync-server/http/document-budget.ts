import type { Budget } from '#relay/gate/catch-up.ts';
import type { Rates } from './rates.ts';

/** RM16: what readers of documents may have, counted for each account and each address. */
export function documentBudget(rates: Rates): Budget {
  return {
    wait: ({ account, address }) =>
      Math.max(rates.wait('accountBytes', account), rates.wait('addressBytes', address)),
    charge: ({ account, address }, bytes) => {
      rates.charge('accountBytes', account, bytes);
      rates.charge('addressBytes', address, bytes);
    },
    encode: ({ account, address }) =>
      rates.take('addressEncodings', address) === 0 && rates.take('encodings', account) === 0
  };
}
