import { createHash, randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { open } from 'node:fs/promises';
import { request } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileHash, MediaId } from '#lib/domain/ids.ts';
import { look } from '#lib/media/look.ts';
import { bytes } from '../support/media/bytes.ts';
import { cleaned } from '../support/media/cleaned.ts';
import { mp4 } from '../support/media/mp4.ts';
import { h264 } from '../support/media/mp4-units.ts';
import { jpeg } from '../support/media/pictures.ts';
import { RelayProcess } from '../support/relay-process.ts';
import { FilledRelay } from './filled-relay.ts';
import { median, ms, residentOf, type Measured } from './measure.ts';

const budget = { walk: 2_000, walkMiB: 32, upload: 30_000, edit: 1_000, again: 1.1, servedMiB: 100 } as const;
const MiB = 1024 * 1024;

/** Media at the relay: the walk of a film, uploads of a class beside edits, an upload that is cut, and serving a class. */
export async function media(): Promise<readonly Measured[]> {
  const measured: Measured[] = [...(await walking())];
  const process = await RelayProcess.start();
  const relay = {
    address: process.address,
    stop: () => Promise.resolve(),
    setUpLink: { path: process.setupPath }
  };
  const filled = await FilledRelay.fill(relay, 2, process.folder);
  const wire = new Wire(filled, process.address);
  const pictures = Array.from({ length: 75 }, () => picture());
  const ids: MediaId[] = [];
  for (const one of pictures) ids.push(await wire.announce(one));
  measured.push(...(await uploading(filled, wire, pictures, ids)), await cut(wire));
  measured.push(...(await serving(wire, ids.slice(0, 40), process)));
  await process.dispose();
  return measured;
}

/** Writes a film of 150 MB, cut into units as cameras do, with something beside each third of them, into this file. */
export async function largeFilm(path: string): Promise<void> {
  const unit = bytes([0, 0, 0x40, 1], 0x41, Buffer.alloc(0x4000, 0x55));
  const picture = bytes((h264.samples[0] ?? Buffer.of()).subarray(0, -2), unit, unit, unit);
  // As many pictures as a film of two minutes has.
  const samples = Array.from({ length: Math.floor(149_000_000 / picture.length) }, () => picture);
  const film = mp4({ pictures: { ...h264, samples } });
  writeFileSync(path, (await cleaned(film)) ?? film);
}

/** Its walk at the relay, from the disk. */
async function walking(): Promise<readonly Measured[]> {
  const folder = mkdtempSync(join(tmpdir(), 'twinspace-bench-'));
  await largeFilm(join(folder, 'film'));
  const file = await open(join(folder, 'film'));
  const { size } = await file.stat();
  const times: number[] = [];
  let most = 0;
  for (let round = 0; round < 3; round++) {
    globalThis.gc?.();
    const before = process.memoryUsage.rss();
    const start = performance.now();
    await look({
      length: size,
      read: async (from, to) => {
        const piece = new Uint8Array(to - from);
        await file.read(piece, 0, piece.length, from);
        most = Math.max(most, process.memoryUsage.rss() - before);
        return piece;
      }
    });
    times.push(performance.now() - start);
  }
  await file.close();
  rmSync(folder, { recursive: true });
  return [
    against(`walk of a film of ${(size / 1e6).toFixed(0)} MB`, median(times), budget.walk, ms),
    against('more memory meanwhile', most / MiB, budget.walkMiB, mib)
  ];
}

/** 75 pictures from 6 devices at once, while one member after the other is added. */
async function uploading(
  filled: FilledRelay,
  wire: Wire,
  pictures: readonly Buffer[],
  ids: readonly MediaId[]
): Promise<readonly Measured[]> {
  const cookies = [filled.cookie];
  while (cookies.length < 6) cookies.push((await filled.colleague()).cookie);
  const edits = await filled.pupils(400);
  const times: number[] = [];
  let under = true;
  const editing = (async () => {
    for (const edit of edits) {
      if (!under) return;
      const start = performance.now();
      await filled.send([edit]);
      times.push(performance.now() - start);
    }
  })();
  const start = performance.now();
  await Promise.all(
    cookies.map(async (cookie, device) => {
      for (let at = device; at < ids.length; at += cookies.length) {
        const [id, picture] = [ids[at], pictures[at]];
        if (id && picture) await wire.sends(id, picture, cookie);
      }
    })
  );
  const took = performance.now() - start;
  under = false;
  await editing;
  const sorted = times.toSorted((a, b) => a - b);
  const p99 = sorted[Math.floor(sorted.length * 0.99)] ?? 0;
  return [
    against('upload of 75 pictures of 0.5 MB from 6 devices', took, budget.upload, ms),
    against(`p99 of ${times.length} edits meanwhile`, p99, budget.edit, ms)
  ];
}

/** One picture of 10 MB, whose connection is cut ten times. */
async function cut(wire: Wire): Promise<Measured> {
  const large = picture(9_500_000);
  const id = await wire.announce(large);
  let sent = 0;
  for (let time = 1; time <= 10; time++) {
    const from = await wire.offset(id);
    const to = Math.floor((large.length * time) / 11);
    sent += await wire.cutsAfter(id, large.subarray(from, to), from, large.length - from);
  }
  const from = await wire.offset(id);
  await wire.sends(id, large.subarray(from), wire.cookie, from);
  sent += large.length - from;
  const times = (value: number): string => value.toFixed(3);
  return against(
    'upload cut ten times: bytes sent over bytes needed',
    sent / large.length,
    budget.again,
    times
  );
}

/** 30 tablets fetch 40 pictures each, all at once. */
async function serving(
  wire: Wire,
  ids: readonly MediaId[],
  relay: RelayProcess
): Promise<readonly Measured[]> {
  const before = usedBy(relay.pid ?? 0);
  let most = before.mib;
  const start = performance.now();
  await Promise.all(
    Array.from({ length: 30 }, async () => {
      for (const id of ids) {
        await wire.fetches(id);
        most = Math.max(most, usedBy(relay.pid ?? 0).mib);
      }
    })
  );
  const took = performance.now() - start;
  const cpu = usedBy(relay.pid ?? 0).cpu - before.cpu;
  return [
    { what: '30 tablets fetch 40 pictures of 0.5 MB each', value: ms(took) },
    { what: 'CPU of the relay for it', value: ms(cpu) },
    against('more memory of the relay meanwhile', most - before.mib, budget.servedMiB, mib)
  ];
}

/** What devices ask the relay of media. */
class Wire {
  readonly cookie: string;
  readonly #filled: FilledRelay;
  readonly #address: string;

  constructor(filled: FilledRelay, address: string) {
    this.#filled = filled;
    this.#address = address;
    this.cookie = filled.cookie;
  }

  async announce(file: Buffer): Promise<MediaId> {
    const media = crypto.randomUUID() as string as MediaId;
    const hash = createHash('sha256').update(file).digest('base64url') as string as FileHash;
    const args = { media, kind: 'jpeg', hash, bytes: file.length, width: 16, height: 8 } as const;
    await this.#filled.send([await this.#filled.sign({ name: 'media.add', args })]);
    return media;
  }

  async offset(media: MediaId): Promise<number> {
    const { headers } = await fetch(this.#path(media, '/upload'), {
      method: 'HEAD',
      headers: this.#headers()
    });
    return Number(headers.get('upload-offset') ?? Number.NaN);
  }

  async sends(media: MediaId, body: Buffer, cookie: string, offset = 0): Promise<void> {
    const headers = this.#headers(cookie, offset);
    const { status } = await fetch(this.#path(media, '/upload'), {
      method: 'PATCH',
      headers,
      body: new Uint8Array(body)
    });
    if (status !== 204) throw new Error(`an upload was answered with ${status}`);
  }

  /** Sends these of so many bytes, and cuts the connection once they are out and the relay has some of them. */
  async cutsAfter(media: MediaId, body: Buffer, offset: number, length: number): Promise<number> {
    const headers = { ...this.#headers(this.cookie, offset), 'Content-Length': String(length) };
    const sending = request(this.#path(media, '/upload'), { method: 'PATCH', headers });
    sending.on('error', () => undefined);
    const closed = new Promise((done) => sending.once('close', done));
    await new Promise<void>((done) => sending.write(body, () => done()));
    while ((await this.offset(media)) === offset);
    sending.destroy();
    await closed;
    // Until the relay has seen it, the upload is another request's.
    for (let before = -1, now = offset; before !== now;) [before, now] = [now, await this.offset(media)];
    return body.length;
  }

  async fetches(media: MediaId): Promise<void> {
    const response = await fetch(this.#path(media), { headers: { Cookie: this.cookie } });
    if (response.status !== 200) throw new Error(`a picture was answered with ${response.status}`);
    await response.arrayBuffer();
  }

  #headers(cookie = this.cookie, offset = 0): Record<string, string> {
    return {
      Cookie: cookie,
      'Tus-Resumable': '1.0.0',
      'Upload-Offset': String(offset),
      'Content-Type': 'application/offset+octet-stream'
    };
  }

  #path(media: MediaId, rest = ''): string {
    return `${this.#address}/api/spaces/${this.#filled.space}/media/${media}/file${rest}`;
  }
}

/** A picture of so many bytes, each another. */
export function picture(length = 500_000): Buffer {
  const file = jpeg();
  const at = file.indexOf('scan two');
  // Behind 0xff a decoder would look for something else.
  const data = randomBytes(length).map((byte) => (byte === 0xff ? 0 : byte));
  return Buffer.concat([file.subarray(0, at), data, file.subarray(at)]);
}

/** Memory and processor time of a process, as Linux tells. */
function usedBy(pid: number): { readonly mib: number; readonly cpu: number } {
  const times = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ') ?? [];
  return {
    mib: residentOf(pid),
    cpu: (Number(times[11]) + Number(times[12])) * 10
  };
}

const mib = (value: number): string => `${value.toFixed(0)} MiB`;

function against(what: string, value: number, most: number, words: (value: number) => string): Measured {
  return { what, value: words(value), expected: { text: `≤ ${words(most)}`, holds: value <= most } };
}
