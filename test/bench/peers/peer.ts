import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { freePort } from '../../support/relay-process.ts';

const folder = fileURLToPath(new URL('others', import.meta.url));

/** The relays that ours is measured beside, each as its makers ship it, in memory only. */
export const peerNames = ['y-websocket', 'hocuspocus'] as const;
export type PeerName = (typeof peerNames)[number];

/** Installs them, in this folder and nowhere else, unless they are there. */
export function installPeers(): void {
  if (existsSync(join(folder, 'node_modules'))) return;
  const { status } = spawnSync('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund'], {
    cwd: folder,
    stdio: 'inherit',
    shell: process.platform === 'win32'
  });
  if (status !== 0) throw new Error('the other relays could not be installed');
}

/** One of them, in a process of its own. */
export class Peer {
  readonly name: PeerName;
  readonly port: number;
  readonly #folder: string;
  #child: ChildProcess | undefined;

  private constructor(name: PeerName, port: number, data: string) {
    this.name = name;
    this.port = port;
    this.#folder = data;
  }

  /** @param state the document that stands in every room */
  static async start(name: PeerName, state: Uint8Array): Promise<Peer> {
    const data = await mkdtemp(join(tmpdir(), 'twinspace-peer-'));
    await writeFile(join(data, 'state'), state);
    const peer = new Peer(name, await freePort(), data);
    await peer.restart();
    return peer;
  }

  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** A fresh process: nothing is in its memory. */
  async restart(): Promise<void> {
    await this.#end();
    const child = spawn(process.execPath, [`${this.name}.mjs`], {
      cwd: folder,
      env: { ...process.env, PORT: String(this.port), STATE: join(this.#folder, 'state') },
      stdio: ['ignore', 'pipe', 'inherit']
    });
    this.#child = child;
    const lines = createInterface({ input: child.stdout });
    await new Promise<void>((resolve, reject) => {
      lines.on('line', (line) => {
        if (line === 'ready') resolve();
      });
      child.once('exit', (code) => reject(new Error(`${this.name} ended with ${code}`)));
    });
  }

  async dispose(): Promise<void> {
    await this.#end();
    await rm(this.#folder, { recursive: true, force: true });
  }

  async #end(): Promise<void> {
    const child = this.#child;
    if (!child || child.exitCode !== null) return;
    const gone = new Promise((done) => child.once('exit', done));
    child.kill('SIGKILL');
    await gone;
  }
}
