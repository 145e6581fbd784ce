import * as v from 'valibot';
import type { AccountId, SpaceId } from '#lib/domain/ids.ts';
import { archiveAnswer, type ArchiveAnswer } from '#lib/protocol/archives.ts';
import { activityAnswer, type ActivityAnswer, type ActivityFilter } from '#lib/protocol/activity.ts';
import { partUpdates } from '#lib/protocol/document-answer.ts';
import {
  addressAnswer,
  changesAnswer,
  cookieAnswer,
  deviceReport,
  erasureReceipt,
  foundPupil,
  lookAnswer,
  nextAnswer,
  signInAnswer,
  spaceDevicesAnswer,
  startAnswer,
  useAnswer,
  type AddressAnswer,
  type DeviceReport,
  type ErasureReceipt,
  type FoundPupil,
  type LookAnswer,
  type SignInAnswer,
  type SpaceDevice,
  type UseAnswer
} from '#lib/protocol/messages.ts';
import { myDevicesAnswer, type MyDevice } from '#lib/protocol/my-devices.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import {
  offerAnswer,
  tabletAccounts,
  tabletsAnswer,
  type DeviceStatus,
  type OfferAnswer,
  type OfferKey,
  type TabletInfo
} from '#lib/protocol/tablets.ts';
import type { SealUse } from '#lib/protocol/credential.ts';
import { mediaPath, type MediaAddress } from '#lib/protocol/media.ts';
import { askRelay, jsonOf } from './ask-relay.ts';
import type { Whole } from './fetch-whole.ts';
import { RelayError } from './relay-error.ts';

/** How files are sent (https://tus.io/protocols/resumable-upload, core). */
const tus = { 'Tus-Resumable': '1.0.0' };

function offsetIn({ headers, status }: Whole): number {
  const offset = Number(headers.get('upload-offset') ?? NaN);
  if (!Number.isSafeInteger(offset) || offset < 0) throw new RelayError('unreadable', { cause: status });
  return offset;
}

/** The relay's HTTP interface (PROTOCOL.md). Every method throws a RelayError. */
export class RelayClient {
  readonly #fetch: typeof fetch;
  #keepsCookies = false;
  /** NW12: the relay has said that it unpacks. */
  #unpacks = false;

  constructor(fetcher: typeof fetch = (...request) => fetch(...request)) {
    this.#fetch = fetcher;
  }

  /** @param credentials what the relay called the sealed keys that are held here already (SI10); empty: none */
  device(credentials: string, drafts: string): Promise<DeviceReport> {
    const had = { ...(credentials === '' ? {} : { credentials }), drafts };
    return this.#ask('GET', `/api/device?${new URLSearchParams(had)}`, deviceReport);
  }

  /** OP12: under which address people open the app, and who may say another. */
  address(): Promise<AddressAnswer> {
    return this.#ask('GET', '/api/address', addressAnswer);
  }

  chooseAddress(address: string): Promise<AddressAnswer> {
    return this.#ask('POST', '/api/address', addressAnswer, { address });
  }

  /** TH7: lays a whole TwinSpace out, to be fetched under the id that is told. */
  layOut(space: SpaceId): Promise<ArchiveAnswer> {
    return this.#ask('POST', `/api/spaces/${space}/archives`, archiveAnswer, {});
  }

  look(secret: string): Promise<LookAnswer> {
    return this.#ask('POST', '/api/links/look', lookAnswer, { secret });
  }

  async use(secret: string, change: SignedChange): Promise<UseAnswer> {
    await this.#proveCookies();
    return this.#ask('POST', '/api/links/use', useAnswer, { secret, change });
  }

  start(username: string, use: SealUse): Promise<{ salt: string; cost: number }> {
    return this.#ask('POST', '/api/sign-in/start', startAnswer, { username, for: use });
  }

  async signIn(username: string, use: SealUse, prove: string, device: string): Promise<SignInAnswer> {
    await this.#proveCookies();
    return this.#ask('POST', '/api/sign-in', signInAnswer, { username, for: use, prove, device });
  }

  changes(changes: readonly SignedChange[]): Promise<v.InferOutput<typeof changesAnswer>> {
    return this.#ask('POST', '/api/changes', changesAnswer, { changes }, this.#unpacks);
  }

  /** The relay answers at all. */
  async reach(): Promise<void> {
    await this.#ask('GET', '/healthz', v.object({ ready: v.literal(true) }));
  }

  async nextUsername(base: string): Promise<string> {
    return (await this.#ask('POST', '/api/usernames/next', nextAnswer, { base })).username;
  }

  /** The devices of whoever owns this one (MY6). */
  async myDevices(): Promise<readonly MyDevice[]> {
    return (await this.#ask('GET', '/api/devices', myDevicesAnswer)).devices;
  }

  /** One page of the activity log, newest first (LO5). */
  activity(
    space: string,
    wanted: {
      readonly before?: number | undefined;
      readonly account?: string | undefined;
      readonly kind?: ActivityFilter | undefined;
    }
  ): Promise<ActivityAnswer> {
    const query = new URLSearchParams();
    for (const [name, value] of Object.entries(wanted)) {
      if (value !== undefined) query.set(name, String(value));
    }
    return this.#ask('GET', `/api/spaces/${space}/activity?${query}`, activityAnswer);
  }

  /** HA1: says that the password of this username, or account, is forgotten. */
  async raiseHand(who: string): Promise<void> {
    await this.#ask('POST', '/api/hands', v.object({}), { who });
  }

  /** JO8: a pupil by the exact username. */
  findPupil(username: string): Promise<FoundPupil> {
    return this.#ask('POST', '/api/accounts/find', foundPupil, { username });
  }

  /** ER7: nothing of these accounts is left on this device. */
  async confirmErased(accounts: readonly string[]): Promise<void> {
    await this.#ask('POST', '/api/device/erased', v.object({}), { accounts });
  }

  /** SP6: what this device says of itself. */
  async tellStatus(status: DeviceStatus): Promise<void> {
    await this.#ask('POST', '/api/device/status', v.object({}), status);
  }

  /** TB3: what the offer is for; nothing of it is used up. */
  lookAtOffer(offer: OfferKey): Promise<OfferAnswer> {
    return this.#ask('POST', '/api/tablets/look', offerAnswer, { offer });
  }

  /** TB3, TB4: this browser asks to be a classroom tablet. */
  async askToBeTablet(offer: OfferKey, device: string, name: string): Promise<DeviceReport> {
    await this.#proveCookies();
    return this.#ask('POST', '/api/tablets/ask', deviceReport, { offer, device, name });
  }

  /** TB6: the classroom tablets of a TwinSpace, and those that ask for a yes. */
  async tablets(space: string): Promise<readonly TabletInfo[]> {
    return (await this.#ask('GET', `/api/spaces/${space}/tablets`, tabletsAnswer)).tablets;
  }

  /** TB10: whose sealed keys were ever on it. */
  async tabletAccounts(space: string, tablet: string): Promise<readonly AccountId[]> {
    const path = `/api/spaces/${space}/tablets/${tablet}/accounts`;
    return (await this.#ask('GET', path, tabletAccounts)).accounts;
  }

  /** SP6: the devices of a TwinSpace, for its administrators. */
  async spaceDevices(space: string): Promise<readonly SpaceDevice[]> {
    return (await this.#ask('GET', `/api/spaces/${space}/devices`, spaceDevicesAnswer)).devices;
  }

  /** ER7: which devices have confirmed an erasure, for administrators. */
  erasureReceipt(space: string, account: string): Promise<ErasureReceipt> {
    return this.#ask('GET', `/api/spaces/${space}/erased/${account}`, erasureReceipt);
  }

  /** BR10: before anything is used up the browser shows that it brings back the cookie that comes for it. */
  async #proveCookies(): Promise<void> {
    for (let time = 0; time < 2 && !this.#keepsCookies; time++)
      this.#keepsCookies = (await this.#ask('GET', '/api/cookie', cookieAnswer)).kept;
    if (!this.#keepsCookies) throw new RelayError('cookie-refused');
  }

  /** NW10: what this device is missing of a room, where no socket passes; to be applied in order. */
  async document(room: string, stateVector: Uint8Array): Promise<readonly Uint8Array[]> {
    const path = `/api/documents/${encodeURIComponent(room)}`;
    const bytes = await this.post(path, new Uint8Array(stateVector));
    try {
      return partUpdates(bytes);
    } catch (cause) {
      throw new RelayError('unreadable', { cause });
    }
  }

  /** MR1: how many bytes of a file the relay has. */
  async mediaOffset(address: MediaAddress): Promise<number> {
    const path = `${mediaPath(address)}/upload`;
    return offsetIn(await askRelay(this.#fetch, { method: 'HEAD', path, headers: tus }));
  }

  /** MR1: sends bytes of a file from there on; the answer is how many it has then. */
  async sendMedia(address: MediaAddress, offset: number, body: Uint8Array<ArrayBuffer>): Promise<number> {
    const path = `${mediaPath(address)}/upload`;
    const said = { 'Content-Type': 'application/offset+octet-stream', 'Upload-Offset': String(offset) };
    return offsetIn(
      await askRelay(this.#fetch, { method: 'PATCH', path, body, headers: { ...tus, ...said } })
    );
  }

  /** MR4: the bytes from `from` to before `to` of a file. */
  async media(address: MediaAddress, from: number, to: number): Promise<Uint8Array<ArrayBuffer>> {
    const headers = { Range: `bytes=${from}-${to - 1}` };
    const { status, bytes } = await askRelay(this.#fetch, {
      method: 'GET',
      path: mediaPath(address),
      headers
    });
    if (status !== 206 || bytes.length !== to - from) throw new RelayError('unreadable', { cause: status });
    return bytes;
  }

  /** An answer as bytes. */
  async get(path: string): Promise<Uint8Array> {
    return (await askRelay(this.#fetch, { method: 'GET', path })).bytes;
  }

  /** Posts a JSON text or bytes; the answer is bytes. */
  async post(path: string, body: string | Uint8Array<ArrayBuffer>): Promise<Uint8Array> {
    return (await askRelay(this.#fetch, { method: 'POST', path, body })).bytes;
  }

  async #ask<Answer>(
    method: 'GET' | 'POST',
    path: string,
    schema: v.GenericSchema<unknown, Answer>,
    body?: unknown,
    packed = false
  ): Promise<Answer> {
    const asking = { method, path, packed, ...(body === undefined ? {} : { body: JSON.stringify(body) }) };
    const whole = await askRelay(this.#fetch, asking);
    this.#unpacks ||= /\bgzip\b/.test(whole.headers.get('accept-encoding') ?? '');
    const answer = v.safeParse(schema, jsonOf(whole));
    if (!answer.success) throw new RelayError('unreadable', { cause: answer.issues[0]?.message });
    return answer.output;
  }
}
