import type { StoredDevice } from '#relay/storage/records.ts';

/** Who answers for what a reader asks: budgets are counted under these names. */
export interface Payer {
  /** The owner of a personal device, or a classroom tablet by itself. */
  readonly account: string;
  /** Where it comes from. */
  readonly address: string;
}

/**
 * RM13–RM16: under which name a device's sockets, bytes and memory are counted: the owner's for a personal device,
 * however many they have; its own for a classroom tablet, for a teacher who offered two hundred of them is not its user.
 */
export function accountPaying({ id, kind, owner }: Pick<StoredDevice, 'id' | 'kind' | 'owner'>): string {
  return kind === 'classroom' ? `tablet ${id}` : `account ${owner}`;
}

/** Who answers for what this device asks from there. */
export function payerOf(device: Pick<StoredDevice, 'id' | 'kind' | 'owner'>, address: string): Payer {
  return { account: accountPaying(device), address };
}
