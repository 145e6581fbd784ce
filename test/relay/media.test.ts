import { existsSync, readdirSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { Upload } from 'tus-js-client';
import { beforeEach, describe, expect, test } from 'vitest';
import type { CommandArgs } from '#lib/domain/commands/command.ts';
import type { MediaId } from '#lib/domain/ids.ts';
import { cleaned } from '../support/media/cleaned.ts';
import { mp4 } from '../support/media/mp4.ts';
import { jpeg, markedPictures } from '../support/media/pictures.ts';
import { testRelay, type TestRelay } from '../support/relay.ts';
import { announcing, codeOf, hashOf, RelayMedia, tus } from '../support/relay-media.ts';
import { addPupil, found, Tablet, type Founded, type Newcomer } from '../support/relay-tablet.ts';

let at: TestRelay;
let ours: Founded;
let angel: Newcomer;
let angels: Tablet;
let wire: RelayMedia;

beforeEach(async () => {
  at = await testRelay();
  ours = await found(at.relay.address, at.setUp);
  angel = (await addPupil(ours, 'Angel', 'Rio')).pupil;
  angels = new Tablet(at.relay.address);
  await angels.signIn(angel);
  wire = new RelayMedia(at.relay.address, ours.space);
});

const announce = (announced: CommandArgs['media.add']): Promise<MediaId> =>
  wire.announce(angels, angel, announced);

describe('sending', () => {
  test('[MR1, MR2] in parts, each from where the last one ended, and then it is there', async () => {
    const file = jpeg();
    const media = await announce(announcing(file));
    expect(await wire.offsetOf(angels, media)).toBe('0');
    expect((await wire.ask(angels, media)).status).toBe(404);
    expect((await wire.sends(angels, media, file.subarray(0, 100))).headers.get('upload-offset')).toBe('100');
    expect(await wire.offsetOf(angels, media)).toBe('100');
    expect(await wire.offsetOf(ours.tablet, media)).toBe('0');
    expect((await wire.sends(angels, media, file.subarray(100), 100)).status).toBe(204);
    expect(await wire.offsetOf(ours.tablet, media)).toBe(String(file.length));
    expect(Buffer.from(await (await wire.ask(ours.tablet, media)).arrayBuffer()).equals(file)).toBe(true);
  });

  test('[MR1] a client of another program does it as well', async () => {
    const file = jpeg();
    const media = await announce(announcing(file));
    await new Promise<void>((done, fail) => {
      new Upload(file, {
        uploadUrl: `${at.relay.address}/api/spaces/${ours.space}/media/${media}/file/upload`,
        headers: { Cookie: `__Host-twinspace-device=${angels.cookie ?? ''}` },
        chunkSize: 120,
        retryDelays: null,
        onSuccess: () => done(),
        onError: fail
      }).start();
    });
    expect((await wire.ask(angels, media)).status).toBe(200);
  });

  test('[MR1] from another offset, beyond the end or by another protocol nothing is taken', async () => {
    const file = jpeg();
    const media = await announce(announcing(file));
    expect(await codeOf(await wire.sends(angels, media, file, 5))).toBe('other-offset');
    expect(await codeOf(await wire.sends(angels, media, Buffer.concat([file, file])))).toBe('too-large');
    const without = await wire.ask(angels, media, 'file/upload', { method: 'HEAD' });
    expect([without.status, without.headers.get('tus-version')]).toEqual([412, '1.0.0']);
    const plain = { ...tus, 'Upload-Offset': '0', 'Content-Type': 'image/jpeg' };
    const typed = await wire.ask(angels, media, 'file/upload', {
      method: 'PATCH',
      body: 'x',
      headers: plain
    });
    expect(await codeOf(typed)).toBe('malformed');
    expect(await wire.offsetOf(angels, media)).toBe('0');
  });

  test('[MR2] what is not what was announced, or not clean, is thrown away with the reason, and begins anew', async () => {
    const file = jpeg();
    const marked = markedPictures[0]?.file ?? file;
    const wrong = [
      [announcing(file), Buffer.from(file).fill(7, 150, 154), 'hash-wrong'],
      [announcing(marked), marked, 'metadata-present'],
      [{ ...announcing(file), width: 17 }, file, 'media-invalid'],
      [{ ...announcing(file), kind: 'png' }, file, 'media-invalid'],
      [announcing(Buffer.from('<svg/>')), Buffer.from('<svg/>'), 'media-invalid']
    ] as const;
    for (const [announced, sent, code] of wrong) {
      const media = await announce(announced);
      expect(await codeOf(await wire.sends(angels, media, sent))).toBe(code);
      expect(await wire.offsetOf(angels, media)).toBe('0');
      expect((await wire.ask(angels, media)).status).toBe(404);
    }
  });

  test('[MR2] a film and its preview', async () => {
    const film = (await cleaned(mp4())) ?? Buffer.of();
    const small = jpeg();
    const preview = { kind: 'jpeg', hash: hashOf(small), bytes: small.length } as const;
    const size = { width: 64, height: 48, seconds: 4 };
    const media = await announce({ ...announcing(film), kind: 'mp4', ...size, preview });
    expect((await wire.sends(angels, media, film)).status).toBe(204);
    expect((await wire.sends(angels, media, small, 0, 'preview')).status).toBe(204);
    expect((await wire.ask(angels, media)).headers.get('content-type')).toBe('video/mp4');
    expect((await wire.ask(angels, media, 'preview')).headers.get('content-type')).toBe('image/jpeg');
  });

  test('[MR7] one device leaves only so many uploads lying', async () => {
    const file = jpeg();
    for (let begun = 0; begun < 8; begun++) {
      expect((await wire.sends(angels, await announce(announcing(file)), file.subarray(0, 9))).status).toBe(
        204
      );
    }
    const more = await announce(announcing(file));
    expect(await codeOf(await wire.sends(angels, more, file))).toBe('too-many');
    expect((await wire.sends(ours.tablet, more, file)).status).toBe(204);
  });
});

describe('serving', () => {
  test('[MR4] as what it is, to be saved, in a sandbox, kept for good', async () => {
    const media = await announce(announcing(jpeg()));
    await wire.sends(angels, media, jpeg());
    const { headers } = await wire.ask(angels, media);
    expect(headers.get('content-type')).toBe('image/jpeg');
    expect(headers.get('content-disposition')).toBe('attachment');
    expect(headers.get('content-security-policy')).toContain('sandbox');
    expect(headers.get('x-content-type-options')).toBe('nosniff');
    expect(headers.get('cache-control')).toBe('private, max-age=31536000, immutable');
  });

  test('[MR4] one stretch, and no more than one', async () => {
    const file = jpeg();
    const media = await announce(announcing(file));
    await wire.sends(angels, media, file);
    const stretch = async (range: string): Promise<unknown> => {
      const response = await wire.ask(angels, media, 'file', { headers: { Range: range } });
      const bytes = Buffer.from(await response.arrayBuffer());
      return response.status === 206 ? file.indexOf(bytes) : response.status;
    };
    const last = file.length - 1;
    expect(await Promise.all(['bytes=10-99', 'bytes=150-', 'bytes=-20'].map(stretch))).toEqual([
      10,
      150,
      last - 19
    ]);
    const many = `bytes=${Array.from({ length: 1000 }, (_, one) => `${one}-${one}`).join(',')}`;
    const nowhere = [many, `bytes=${last + 1}-`, 'bytes=9-3', 'bytes=-0'];
    expect(await Promise.all(nowhere.map(stretch))).toEqual(Array(4).fill(416));
  });

  test('[MR4] where there is no such stretch it is told how long the whole is, and what asks for none gets all', async () => {
    const file = jpeg();
    const media = await announce(announcing(file));
    await wire.sends(angels, media, file);
    const asked = async (headers: HeadersInit, method = 'GET'): Promise<unknown> => {
      const response = await wire.ask(angels, media, 'file', { method, headers });
      const { length } = Buffer.from(await response.arrayBuffer());
      return [response.status, length, response.headers.get('content-range')];
    };
    const range = 'bytes=0-1';
    expect(await asked({ Range: `bytes=${file.length}-` })).toEqual([416, 0, `bytes */${file.length}`]);
    expect(await asked({ Range: range })).toEqual([206, 2, `bytes 0-1/${file.length}`]);
    expect(await asked({ Range: 'lines=1-2' })).toEqual([200, file.length, null]);
    // What is here has no mark by which one could be sure that it is the same as before.
    expect(await asked({ Range: range, 'If-Range': '"another"' })).toEqual([200, file.length, null]);
    expect(await asked({ Range: range }, 'HEAD')).toEqual([200, 0, null]);
  });

  test('[MR3, RD5] to whoever reads the TwinSpace, and nobody else', async () => {
    const media = await announce(announcing(jpeg()));
    await wire.sends(angels, media, jpeg());
    const secret = (await at.relay.makeFoundingLink()).path.split('#')[1] ?? '';
    const theirs = await found(at.relay.address, secret, { name: 'Mares' });
    expect((await wire.ask(new Tablet(at.relay.address), media)).status).toBe(401);
    expect((await wire.ask(theirs.tablet, media)).status).toBe(403);
    expect((await wire.sends(theirs.tablet, media, jpeg())).status).toBe(403);
    expect((await wire.ask(ours.tablet, '..%2f..%2ftwinspace.sqlite')).status).toBe(400);
    await at.relay.revokeDevice(angels.device);
    expect((await wire.ask(angels, media)).status).toBe(403);
  });

  test('[MR3, RD5, ML4] while it waits only to its owner’s devices and to staff, and not by another’s same bytes', async () => {
    const { space, tablet, admin } = ours;
    await tablet.do(admin, 'settings.set', { settings: { mediaApproval: true } }, { space });
    const file = jpeg();
    const media = await announce(announcing(file));
    await wire.sends(angels, media, file);
    const zoe = (await addPupil(ours, 'Zoe', 'Lago')).pupil;
    const zoes = new Tablet(at.relay.address);
    await zoes.signIn(zoe);
    const statuses = async (): Promise<readonly number[]> =>
      Promise.all([angels, tablet, zoes].map(async (one) => (await wire.ask(one, media)).status));
    expect(await statuses()).toEqual([200, 200, 403]);
    expect((await wire.ask(angels, media)).headers.get('cache-control')).toBe('no-store');
    const copied = announcing(file);
    await zoes.do(zoe, 'media.add', copied, { space });
    expect((await wire.ask(zoes, copied.media)).status).toBe(404);
    await tablet.do(admin, 'media.approve', { media }, { space });
    expect(await statuses()).toEqual([200, 200, 200]);
    await angels.do(angel, 'media.remove', { media }, { space });
    expect(await statuses()).toEqual([200, 200, 403]);
  });
});

describe('on the disk', () => {
  test('[MR5, MR6] the same bytes lie there once, and are gone thirty days after they were removed', async () => {
    const folder = join(at.folder, 'media', ours.space);
    const file = jpeg();
    const [one, other] = [await announce(announcing(file)), await announce(announcing(file))];
    for (const media of [one, other]) expect((await wire.sends(angels, media, file)).status).toBe(204);
    expect(readdirSync(folder).map((name) => statSync(join(folder, name)).nlink)).toEqual([2, 2]);
    expect(readdirSync(join(at.folder, 'media', 'arriving'))).toEqual([]);
    await angels.do(angel, 'media.remove', { media: one }, { space: ours.space });
    const begun = await announce(announcing(file));
    await wire.sends(angels, begun, file.subarray(0, 9));
    const long = Date.parse('2026-01-01') / 1000;
    utimesSync(join(folder, `${other}.file`), long, long);
    const [arriving = ''] = readdirSync(join(at.folder, 'media', 'arriving'));
    utimesSync(join(at.folder, 'media', 'arriving', arriving), long, long);
    await at.relay.stop();
    at.clock.addDays(31);
    await testRelay({ dataDir: at.folder, clock: at.clock });
    expect(readdirSync(folder)).toEqual([`${other}.file`]);
    expect(existsSync(join(at.folder, 'media', 'arriving', arriving))).toBe(false);
  });
});
