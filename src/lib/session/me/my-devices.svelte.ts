import type { MyDevice } from '#lib/protocol/my-devices.ts';
import type { RelayClient } from '#lib/sync/relay-client.ts';
import { problemOf, type Problem } from '../device/result.ts';

/** MY6: the devices of this device's owner, read from the relay; the list is not kept on the tablet. */
export class MyDevices {
  readonly #relay: Pick<RelayClient, 'myDevices'>;
  state:
    | { readonly is: 'loading' }
    | { readonly is: 'failed'; readonly problem: Problem }
    | { readonly is: 'there'; readonly devices: readonly MyDevice[] } = $state.raw({ is: 'loading' });

  constructor(relay: Pick<RelayClient, 'myDevices'>) {
    this.#relay = relay;
  }

  /** Asks the relay anew. What was read before stays in view until the answer is there. */
  async read(): Promise<void> {
    if (this.state.is === 'failed') this.state = { is: 'loading' };
    try {
      this.state = { is: 'there', devices: await this.#relay.myDevices() };
    } catch (error) {
      const answer = problemOf(error);
      if (!answer.ok && this.state.is !== 'there') this.state = { is: 'failed', problem: answer.problem };
    }
  }
}
