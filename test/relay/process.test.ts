import { spawn } from 'node:child_process';
import { mkdirSync, statSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, onTestFinished, test } from 'vitest';
import type { MediaId } from '#lib/domain/ids.ts';
import type { Media } from '#lib/domain/records.ts';
import { version } from '#relay/version.ts';
import { bundledRelay } from '../support/bundled-relay.ts';
import { cleaned } from '../support/media/cleaned.ts';
import { mp4 } from '../support/media/mp4.ts';
import { announcing, RelayMedia } from '../support/relay-media.ts';
import { addPupil, found, freshId, Tablet } from '../support/relay-tablet.ts';
import { tempFolder } from '../support/relay.ts';

const root = fileURLToPath(new URL('../..', import.meta.url));

interface Ended {
  readonly code: number | null;
  readonly out: string;
  readonly err: string;
}

/** A process of the relay's, or one of the technician's commands. */
class Process {
  readonly ended: Promise<Ended>;
  readonly #child;
  #out = '';
  #err = '';
  #look: () => void = () => undefined;

  constructor(script: string, args: readonly string[], env: Record<string, string>) {
    this.#child = spawn(process.execPath, [resolve(root, script), ...args], {
      cwd: root,
      env: { ...process.env, HOST: '127.0.0.1', PORT: '0', ...env },
      stdio: ['ignore', 'pipe', 'pipe']
    });
    this.#child.stdout.on('data', (chunk: Buffer) => {
      this.#out += chunk.toString();
      this.#look();
    });
    this.#child.stderr.on('data', (chunk: Buffer) => (this.#err += chunk.toString()));
    this.ended = new Promise((done) => {
      this.#child.once('close', (code) => done({ code, out: this.#out, err: this.#err }));
    });
    onTestFinished(() => void this.#child.kill('SIGKILL'));
  }

  /** The first match on standard output, when it has come. */
  async says(what: RegExp): Promise<string> {
    const found = new Promise<string>((done) => {
      this.#look = () => {
        const match = what.exec(this.#out);
        if (match) done(match[1] ?? match[0]);
      };
      this.#look();
    });
    const ended = this.ended.then(({ code, err }) => {
      throw new Error(`ended with ${code}: ${err}`);
    });
    ended.catch(() => undefined);
    return Promise.race([found, ended]);
  }

  end(signal: 'SIGTERM' | 'SIGINT' | 'SIGKILL'): Promise<Ended> {
    this.#child.kill(signal);
    return this.ended;
  }
}

const relayOn = (folder: string, env: Record<string, string> = {}): Process =>
  new Process(bundledRelay(), [], { DATA_DIR: folder, ...env });

const address = /^(http:\/\/127\.0\.0\.1:\d+)$/m;
const setUp = /^Set up the first TwinSpace: http:\/\/127\.0\.0\.1:\d+\/setup#([\w-]{43})$/m;

const noAddress =
  'Tablets have no address yet. Set PUBLIC_URL to the https address that they open (README, "For the school\'s technician").';

test.each(['SIGTERM', 'SIGINT'] as const)(
  '[OP1, OP4, OP11, OP15] prints its address and the set-up link, and ends with 0 on %s',
  async (signal) => {
    const relay = relayOn(tempFolder());
    const where = await relay.says(address);
    const secret = await relay.says(setUp);
    expect((await fetch(`${where}/healthz`)).status).toBe(200);
    const { code, out, err } = await relay.end(signal);
    expect(code).toBe(0);
    expect(out.trim().split('\n')).toEqual([
      ...[where, noAddress],
      `Set up the first TwinSpace: ${where}/setup#${secret}`
    ]);
    for (const line of err.trim().split('\n')) expect(JSON.parse(line)).toHaveProperty('event');
    expect(err).toContain(`"event":"ready","version":"${version}"`);
    expect(err).not.toContain(secret);
  }
);

test('[OP5, GA21] killed with -9 while changes come in, the relay has everything that it acknowledged', async () => {
  const folder = tempFolder();
  const relay = relayOn(folder);
  const world = await found(await relay.says(address), await relay.says(setUp));
  const acknowledged: string[] = [];
  const sent: Awaited<ReturnType<typeof addPupil>>['signed'][] = [];
  const adding = (async () => {
    const one = async (): Promise<void> => {
      const { pupil, signed } = await addPupil(world, 'Angel', 'CanoRobles');
      acknowledged.push(pupil.account);
      sent.push(signed);
      if (acknowledged.length === 14) void relay.end('SIGKILL');
    };
    // Four at a time, so that it is killed within a group as well.
    for (;;) await Promise.all([one(), one(), one(), one()]);
  })();
  await expect(adding).rejects.toThrow();
  expect((await relay.ended).code).toBeNull();

  const again = relayOn(folder);
  const where = await again.says(address);
  const tablet = world.tablet.at(where);
  const follower = await tablet.follow(`members/${world.space}@1`).synced();
  for (const account of acknowledged) expect(follower.get('members', account)).toBeDefined();
  // Whatever was on its way is there once or not at all, and counted so.
  expect(follower.version).toBe(Object.keys(follower.doc.getMap('members').toJSON()).length);
  expect(await tablet.send(...sent)).toMatchObject(sent.map(() => ({ is: 'accepted' })));
  expect((await again.end('SIGTERM')).out).toBe(`${where}\n${noAddress}\n`);
});

test('[OP3] a relay that cannot start says why and what to do in one short text, and ends with 1', async () => {
  const folder = tempFolder();
  const first = relayOn(folder);
  const where = await first.says(address);
  const port = new URL(where).port;
  const [locked, taken, wrong] = await Promise.all(
    [relayOn(folder), relayOn(tempFolder(), { PORT: port }), relayOn(tempFolder(), { PORT: 'eighty' })].map(
      (relay) => relay.ended
    )
  );
  if (!locked || !taken || !wrong) throw new Error('three were asked');
  expect([locked.code, locked.out]).toEqual([1, '']);
  expect(locked.err).toMatch(
    /^Another relay is running on the data folder .*DATA_DIR\. \(database-locked\)\n$/
  );
  expect([taken.code, taken.out]).toEqual([1, '']);
  expect(taken.err).toMatch(/^Port \d+ on 127\.0\.0\.1 is in use .*PORT\. \(port-in-use\)\n$/);
  expect([wrong.code, wrong.err]).toEqual([
    1,
    'PORT is eighty. Set it to a number from 0 to 65535. (port-invalid)\n'
  ]);
});

test('[OP7] the technician’s commands work beside a running relay, after a killed one, and without one', async () => {
  const folder = tempFolder();
  const command = (name: string, ...args: string[]): Promise<Ended> =>
    new Process(`sync-server/ops/${name}.ts`, args, { DATA_DIR: folder, PORT: '8080' }).ended;
  const relay = relayOn(folder);
  const where = await relay.says(address);
  await found(where, await relay.says(setUp));
  expect(statSync(join(folder, 'running.json')).mode & 0o077).toBe(0);

  const running = await command('founding-link');
  expect(running.out).toMatch(
    /^Found a TwinSpace \(once, until [\d-]+\): http:\/\/127\.0\.0\.1:\d+\/setup#[\w-]{43}\n$/
  );
  expect(running.out).toContain(where);
  const recovery = await command('recovery-link', 'marta.rios.1');
  expect(recovery.out).toContain(`${where}/recover#`);
  const nobody = await command('recovery-link', 'nadie.nunca.1');
  expect([nobody.code, nobody.out]).toEqual([1, '']);
  expect(nobody.err).toContain('No adult here has the username nadie.nunca.1');

  await relay.end('SIGKILL');
  const alone = await command('recovery-link', 'marta.rios.1');
  expect(alone.out).toContain('http://127.0.0.1:8080/recover#');

  const again = relayOn(folder);
  const there = new Tablet(await again.says(address));
  for (const { out } of [running, recovery, alone]) {
    const secret = out.trim().split('#')[1];
    expect((await there.ask('POST', '/api/links/look', { secret })).status).toBe(200);
  }
});

test('[OP11, OP12] with PUBLIC_URL the first lines and the technician’s links bear that address', async () => {
  const folder = tempFolder();
  const env = { PUBLIC_URL: 'https://twinspace.example.org' };
  const command = (): Promise<Ended> =>
    new Process('sync-server/ops/founding-link.ts', [], { DATA_DIR: folder, ...env }).ended;
  const relay = relayOn(folder, env);
  await relay.says(/^Tablets reach me at https:\/\/twinspace\.example\.org$/m);
  await relay.says(/^Set up the first TwinSpace: https:\/\/twinspace\.example\.org\/setup#[\w-]{43}$/m);
  const link = / https:\/\/twinspace\.example\.org\/setup#[\w-]{43}\n$/;
  expect((await command()).out).toMatch(link);
  await relay.end('SIGTERM');
  expect((await command()).out).toMatch(link);
});

test('[OP3, OP6] a relay that fails while it starts ends with 1; the error is logged with its place in the sources, and without what it says', async () => {
  const folder = tempFolder();
  // What the relay writes there at each start cannot be written.
  mkdirSync(join(folder, 'running.json'));
  const { code, err } = await relayOn(folder).ended;
  expect(code).toBe(1);
  const last = JSON.parse(err.trim().split('\n').at(-1) ?? '') as { event: string; at: readonly string[] };
  expect(last.event).toBe('start-failed');
  expect(last.at.join('\n')).toMatch(/^at leaveDoor \(\S*ops\/admin-door\.ts:\d+:\d+\)$/m);
  expect(err).not.toContain(folder);
});

test('[MR1, MR8, OP5] killed with -9 in the middle of a film, the relay goes on from what had come', async () => {
  const folder = tempFolder();
  const relay = relayOn(folder);
  const world = await found(await relay.says(address), await relay.says(setUp));
  const film = (await cleaned(mp4())) ?? Buffer.of();
  const media = freshId<MediaId>();
  const size = { width: 64, height: 48, seconds: 4 };
  const wire = new RelayMedia(world.tablet.address, world.space);
  await wire.announce(world.tablet, world.admin, { ...announcing(film, media), kind: 'mp4', ...size });
  const half = Math.floor(film.length / 2);
  const slow = await wire.sendsSlowly(world.tablet, media, film.subarray(0, half));
  const cut = slow.rest(film.subarray(half, half + 1)).catch(() => 'cut');
  await relay.end('SIGKILL');
  expect(await cut).toBe('cut');

  const again = relayOn(folder);
  const tablet = world.tablet.at(await again.says(address));
  const there = new RelayMedia(tablet.address, world.space);
  const come = Number(await there.offsetOf(tablet, media));
  expect([half, half + 1]).toContain(come);
  expect((await there.sends(tablet, media, film.subarray(come), come)).status).toBe(204);
  const members = await tablet.follow(`members/${world.space}@1`).synced();
  await members.until(() => (members.get('media', media) as Media | undefined)?.here?.file === true);
  const fetched = Buffer.from(await (await there.ask(tablet, media)).arrayBuffer());
  expect(fetched.equals(film)).toBe(true);
});
