import * as v from 'valibot';
import type { CommandArgs, CommandName } from '#lib/domain/commands/command.ts';
import type { CalendarDate } from '#lib/domain/dates.ts';
import type { ChangeId, DeviceId, MediaId, PageId, SessionId, SpaceId } from '#lib/domain/ids.ts';
import { signCommand, signEdit } from '#lib/protocol/change.ts';
import { mediaPath } from '#lib/protocol/media.ts';
import { changesAnswer, useAnswer } from '#lib/protocol/messages.ts';
import type { SignedChange } from '#lib/protocol/signed-change.ts';
import type { Verdict } from '#lib/protocol/verdict.ts';
import type { DemoPerson } from './person.ts';

/** A teacher's tablet, as far as filling a demo TwinSpace needs one: it signs and sends, and keeps its cookie. */
export class DemoTablet {
  readonly #address: string;
  readonly #space: SpaceId;
  readonly #device = crypto.randomUUID() as string as DeviceId;
  readonly #session = crypto.randomUUID() as string as SessionId;
  readonly #today: CalendarDate;
  #cookie = '';

  constructor(address: string, space: SpaceId, today: CalendarDate) {
    this.#address = address;
    this.#space = space;
    this.#today = today;
  }

  /** Makes the person's account with the secret of a link. */
  async enter<Name extends 'space.found' | 'invitation.accept'>(
    secret: string,
    person: DemoPerson,
    name: Name,
    args: CommandArgs[Name]
  ): Promise<void> {
    const change = await this.#sign(person, name, args, person.credential);
    const answer = v.parse(useAnswer, await this.#post('/api/links/use', { secret, change }));
    expectAccepted(name, answer.verdict);
  }

  /** Sends one command; gives the verdict. Throws when the relay says no: the demo would not be whole. */
  async do<Name extends CommandName>(
    person: DemoPerson,
    name: Name,
    args: CommandArgs[Name],
    credential?: string
  ): Promise<Extract<Verdict, { is: 'accepted' }>> {
    return this.#send(name, await this.#sign(person, name, args, credential));
  }

  /** Writes in a page: an update of its document that its person has made under this clientID. */
  async write(person: DemoPerson, page: PageId, client: number, update: Uint8Array): Promise<void> {
    const edit = { ...this.#envelope(person), page };
    await this.#send('edit', await signEdit(edit, client, new Uint8Array(update), person.signing));
  }

  /** MR1: sends the bytes of media that were announced, in one piece. */
  async sendMedia(media: MediaId, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
    const address = { space: this.#space, media, part: 'file' } as const;
    const response = await fetch(`${this.#address}${mediaPath(address)}/upload`, {
      method: 'PATCH',
      headers: {
        'Tus-Resumable': '1.0.0',
        'Upload-Offset': '0',
        'Content-Type': 'application/offset+octet-stream',
        Cookie: this.#cookie
      },
      body: bytes
    });
    if (!response.ok) throw new Error(`the demo's media did not arrive: ${await response.text()}`);
  }

  async #send(name: string, change: SignedChange): Promise<Extract<Verdict, { is: 'accepted' }>> {
    const answer = await this.#post('/api/changes', { changes: [change] });
    return expectAccepted(name, v.parse(changesAnswer, answer).verdicts[0]);
  }

  #sign<Name extends CommandName>(
    person: DemoPerson,
    name: Name,
    args: CommandArgs[Name],
    credential?: string
  ): ReturnType<typeof signCommand> {
    return signCommand<Name>({ ...this.#envelope(person), name, args }, person.signing, credential);
  }

  #envelope({ account, key }: DemoPerson) {
    const where = { space: this.#space, device: this.#device, session: this.#session };
    const id = crypto.randomUUID() as string as ChangeId;
    return { id, ...where, actor: account.id, key, after: [], at: this.#today };
  }

  async #post(path: string, body: unknown): Promise<unknown> {
    const response = await fetch(`${this.#address}${path}`, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json', ...(this.#cookie ? { Cookie: this.#cookie } : {}) },
      body: JSON.stringify(body)
    });
    const [cookie] = (response.headers.get('set-cookie') ?? '').split(';');
    if (cookie) this.#cookie = cookie;
    return response.json();
  }
}

function expectAccepted(name: string, verdict: Verdict | undefined): Extract<Verdict, { is: 'accepted' }> {
  if (verdict?.is === 'accepted') return verdict;
  throw new Error(`the demo's ${name} was not accepted: ${JSON.stringify(verdict)}`);
}
