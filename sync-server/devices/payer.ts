import type { Payer } from '#relay/gate/catch-up.ts';
import type { StoredDevice } from '#relay/storage/records.ts';

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
