import { createHash } from 'node:crypto';
import { expect } from 'vitest';
import type { CommandArgs } from '#lib/domain/commands/command.ts';
import type { FileHash, MediaId, SpaceId } from '#lib/domain/ids.ts';
import { freshId, type Person, type Tablet } from './relay-tablet.ts';

export const tus = { 'Tus-Resumable': '1.0.0' };

export function hashOf(file: Uint8Array): FileHash {
  return createHash('sha256').update(file).digest('base64url') as string as FileHash;
}

/** What `media.add` says of this picture of 16 × 8. */
export function announcing(file: Uint8Array, media: MediaId = freshId()): CommandArgs['media.add'] {
  return { media, kind: 'jpeg', hash: hashOf(file), bytes: file.length, width: 16, height: 8 };
}

/** The code of a refusal. */
export async function codeOf(response: Response): Promise<unknown> {
  return ((await response.json()) as { code: string }).code;
}

/** What devices ask the relay of the media of one TwinSpace. */
export class RelayMedia {
  readonly #address: string;
  readonly #space: SpaceId;

  constructor(address: string, space: SpaceId) {
    this.#address = address;
    this.#space = space;
  }

  /** A request for media, or about an upload. */
  ask(tablet: Tablet, media: string, of = 'file', init: RequestInit = {}): Promise<Response> {
    return fetch(`${this.#address}/api/spaces/${this.#space}/media/${media}/${of}`, {
      ...init,
      headers: {
        ...(tablet.cookie === undefined ? {} : { Cookie: `__Host-twinspace-device=${tablet.cookie}` }),
        ...init.headers
      }
    });
  }

  sends(tablet: Tablet, media: string, body: Uint8Array, offset = 0, of = 'file'): Promise<Response> {
    const headers = {
      ...tus,
      'Upload-Offset': String(offset),
      'Content-Type': 'application/offset+octet-stream'
    };
    return this.ask(tablet, media, `${of}/upload`, { method: 'PATCH', body: new Uint8Array(body), headers });
  }

  /** Sends this much, and the rest when it is told to. Resolves when the relay has the first part. */
  async sendsSlowly(
    tablet: Tablet,
    media: string,
    first: Uint8Array,
    offset = 0
  ): Promise<{ readonly rest: (rest: Uint8Array) => Promise<Response> }> {
    const { readable, writable } = new TransformStream<Uint8Array, Uint8Array>();
    const writer = writable.getWriter();
    const headers = {
      ...tus,
      'Upload-Offset': String(offset),
      'Content-Type': 'application/offset+octet-stream'
    };
    // The types of the browser do not know it; Node wants it where the body is a stream.
    const init: RequestInit & { readonly duplex: 'half' } = {
      method: 'PATCH',
      body: readable,
      headers,
      duplex: 'half'
    };
    const answer = this.ask(tablet, media, 'file/upload', init);
    await writer.write(first);
    const early = answer.then(async (response) => {
      throw new Error(`answered before the rest: ${response.status} ${await response.clone().text()}`);
    });
    const arrived = async (): Promise<void> => {
      for (let has: string | null = '0'; has !== String(offset + first.length);) {
        has = await this.offsetOf(tablet, media);
        if (has === null) throw new Error('there is no telling how much has arrived');
      }
    };
    await Promise.race([arrived(), early]);
    early.catch(() => undefined);
    return {
      rest: async (rest) => {
        await writer.write(rest);
        await writer.close();
        return answer;
      }
    };
  }

  async offsetOf(tablet: Tablet, media: string, of = 'file'): Promise<string | null> {
    const { headers } = await this.ask(tablet, media, `${of}/upload`, { method: 'HEAD', headers: tus });
    return headers.get('upload-offset');
  }

  /** Announces media, and expects them to be accepted. */
  async announce(tablet: Tablet, who: Person, announced: CommandArgs['media.add']): Promise<MediaId> {
    const verdict = await tablet.do(who, 'media.add', announced, { space: this.#space });
    expect(verdict.is).toBe('accepted');
    return announced.media;
  }
}
