import { linkSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, expect, test } from 'vitest';
import type { MediaId } from '#lib/domain/ids.ts';
import type { Media } from '#lib/domain/records.ts';
import { jpeg } from '../support/media/pictures.ts';
import { testRelay, type TestRelay } from '../support/relay.ts';
import type { RelayFollower } from '../support/relay-follower.ts';
import { announcing, hashOf, RelayMedia } from '../support/relay-media.ts';
import { found, type Founded } from '../support/relay-tablet.ts';

const file = jpeg();
const preview = { kind: 'jpeg', hash: hashOf(file), bytes: file.length } as const;

let at: TestRelay;
let ours: Founded;
let wire: RelayMedia;
let members: RelayFollower;

beforeEach(async () => {
  at = await testRelay();
  ours = await found(at.relay.address, at.setUp);
  wire = new RelayMedia(at.relay.address, ours.space);
  members = await ours.tablet.follow(`members/${ours.space}@1`).synced();
});

const announce = (): Promise<MediaId> =>
  wire.announce(ours.tablet, ours.admin, { ...announcing(file), preview });

const record = (media: MediaId): Media | undefined => members.get('media', media) as Media | undefined;
const told = (media: MediaId, here: Media['here']): Promise<void> =>
  members.until(
    () => record(media) !== undefined && JSON.stringify(record(media)?.here) === JSON.stringify(here)
  );

/** Where the relay keeps this part. */
function kept(media: MediaId, part = 'file'): string {
  mkdirSync(join(at.folder, 'media', ours.space), { recursive: true });
  return join(at.folder, 'media', ours.space, `${media}.${part}`);
}

/** Stops the relay and starts it again on its folder, and follows there. */
async function again(): Promise<void> {
  await at.relay.stop();
  at.clock.addDays(1);
  at = await testRelay({ dataDir: at.folder, clock: at.clock });
  wire = new RelayMedia(at.relay.address, ours.space);
  ours = { ...ours, tablet: ours.tablet.at(at.relay.address) };
  members = await ours.tablet.follow(`members/${ours.space}@1`).synced();
}

test('[MR8] whoever follows the records is told of each part once it is there, and not before', async () => {
  const media = await announce();
  await members.until(() => record(media) !== undefined);
  await wire.sends(ours.tablet, media, file.subarray(0, 100), 0, 'preview');
  await ours.tablet.do(ours.admin, 'media.approve', { media }, { space: ours.space });
  expect(record(media)?.here).toBeUndefined();
  await wire.sends(ours.tablet, media, file.subarray(100), 100, 'preview');
  await told(media, { preview: true });
  await wire.sends(ours.tablet, media, file);
  await told(media, { file: true, preview: true });
});

test('[MR8, ML3] it stays told in the trash and after it', async () => {
  const media = await announce();
  await wire.sends(ours.tablet, media, file);
  const { space } = ours;
  await ours.tablet.do(ours.admin, 'media.remove', { media }, { space });
  await members.until(() => record(media)?.removed !== undefined);
  expect(record(media)?.here).toEqual({ file: true });
  await ours.tablet.do(ours.admin, 'media.restore', { media }, { space });
  await members.until(() => record(media)?.removed === undefined);
  expect(record(media)?.here).toEqual({ file: true });
});

test('[MR8] the counter stands still: nothing waits for what the relay says by itself', async () => {
  const media = await announce();
  await members.until(() => record(media) !== undefined);
  const before = members.version;
  await wire.sends(ours.tablet, media, file);
  await told(media, { file: true });
  expect(members.version).toBe(before);
});

test('[MR8] no device says it', async () => {
  const said = { ...announcing(file), here: { file: true } };
  const verdict = await ours.tablet.do(ours.admin, 'media.add', said, { space: ours.space });
  expect(verdict).toMatchObject({ is: 'refused', code: 'malformed' });
});

test('[MR8] a relay that ended between keeping a part and telling it tells it when somebody asks', async () => {
  const asked = await announce();
  writeFileSync(kept(asked), file);
  expect(await wire.offsetOf(ours.tablet, asked)).toBe(String(file.length));
  await told(asked, { file: true });
  const fetched = await announce();
  linkSync(kept(asked), kept(fetched, 'preview'));
  expect((await wire.ask(ours.tablet, fetched, 'preview')).status).toBe(200);
  await told(fetched, { preview: true });
  const sent = await announce();
  linkSync(kept(asked), kept(sent));
  expect((await wire.sends(ours.tablet, sent, new Uint8Array(), file.length)).status).toBe(204);
  await told(sent, { file: true });
});

test('[MR8] or once a day, without anybody', async () => {
  const media = await announce();
  writeFileSync(kept(media), file);
  await again();
  await told(media, { file: true });
});

test('[MR8] of a part that the disk has lost it is taken back, when somebody asks or once a day, and it can be sent anew', async () => {
  const [one, other] = [await announce(), await announce()];
  for (const media of [one, other]) await wire.sends(ours.tablet, media, file);
  await told(other, { file: true });
  rmSync(kept(one));
  expect((await wire.ask(ours.tablet, one)).status).toBe(404);
  await told(one, undefined);
  rmSync(kept(other));
  await again();
  await told(other, undefined);
  expect((await wire.sends(ours.tablet, other, file)).status).toBe(204);
  await told(other, { file: true });
});

test('[MR8] whoever comes later is told as well', async () => {
  const media = await announce();
  await wire.sends(ours.tablet, media, file);
  members = await ours.tablet.follow(`members/${ours.space}@1`).synced();
  await told(media, { file: true });
});
