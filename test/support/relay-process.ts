import { spawn, spawnSync, type ChildProcess } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { createInterface } from 'node:readline';
import { root } from '#relay/ops/sources-hash.mjs';
import { bundledRelay } from './bundled-relay.ts';

/** A real relay: its own process, its own folder, one port for its whole life. */
export class RelayProcess {
  readonly port: number;
  readonly folder: string;
  /** The set-up link that it printed last, without its origin; empty when there was none. */
  setupPath = '';
  readonly #root: string;
  #child: ChildProcess | undefined;
  #log = '';

  private constructor(port: number, folder: string, from: string) {
    this.port = port;
    this.folder = folder;
    this.#root = from;
  }

  /** @param from the checkout whose relay and build are run */
  static async start(from = root): Promise<RelayProcess> {
    const folder = await mkdtemp(join(tmpdir(), 'twinspace-relay-'));
    const relay = new RelayProcess(await freePort(), folder, from);
    await relay.start();
    return relay;
  }

  /**
   * Starts the process again on the same folder and port; resolves when it has printed its address.
   *
   * @param daysAhead how far the machine's clock is ahead of today
   * @param settings what the technician says in the environment
   */
  async start(
    from = this.#root,
    daysAhead = 0,
    settings: Readonly<Record<string, string>> = {}
  ): Promise<void> {
    const bundle = relative(root, bundledRelay());
    const child = spawn(process.execPath, [...clockAhead(daysAhead), bundle], {
      cwd: from,
      env: {
        ...process.env,
        HOST: '127.0.0.1',
        PORT: String(this.port),
        DATA_DIR: this.folder,
        ...settings
      },
      stdio: ['ignore', 'pipe', 'pipe']
    });
    this.#child = child;
    child.stderr.on('data', (chunk: Buffer) => (this.#log += chunk.toString()));
    const lines = createInterface({ input: child.stdout });
    // The first time the set-up link comes on the line after the address.
    const last =
      this.setupPath === '' ? /\/setup#\S+/ : new RegExp(`^https?://127\\.0\\.0\\.1:${this.port}$`);
    await new Promise<void>((resolve, reject) => {
      lines.on('line', (line) => {
        this.setupPath = /\/setup#\S+/.exec(line)?.[0] ?? this.setupPath;
        if (last.test(line)) resolve();
      });
      child.once('exit', (code) => reject(new Error(`the relay ended with ${code}:\n${this.#log}`)));
    });
  }

  /** Where it listens, without a cable in between. */
  get address(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  /** One more founding link, made as the technician makes one beside the running relay; without its origin. */
  foundingPath(): string {
    const command = spawnSync(process.execPath, ['sync-server/ops/founding-link.ts'], {
      cwd: this.#root,
      env: { ...process.env, HOST: '127.0.0.1', PORT: String(this.port), DATA_DIR: this.folder },
      encoding: 'utf8'
    });
    const path = /\/setup#\S+/.exec(command.stdout)?.[0];
    if (!path) throw new Error(`no founding link:\n${command.stdout}${command.stderr}`);
    return path;
  }

  /** kill -9: no goodbye, no flush. */
  async kill(): Promise<void> {
    await this.#end('SIGKILL');
  }

  /** Ends it as Ctrl-C would; resolves with the exit code. */
  stop(): Promise<number | null> {
    return this.#end('SIGTERM');
  }

  /** The process now; undefined when none runs. */
  get pid(): number | undefined {
    return this.#child?.pid;
  }

  /** What it logged so far. */
  get log(): string {
    return this.#log;
  }

  async dispose(): Promise<void> {
    await this.#end('SIGTERM');
    await rm(this.folder, { recursive: true, force: true });
  }

  async #end(signal: 'SIGKILL' | 'SIGTERM'): Promise<number | null> {
    const child = this.#child;
    if (!child || child.exitCode !== null || child.signalCode !== null) return child?.exitCode ?? null;
    return new Promise((resolve) => {
      child.once('exit', (code) => resolve(code));
      child.kill(signal);
    });
  }
}

/** Makes a process believe that so many days have gone by: as on a machine whose clock says so. */
function clockAhead(days: number): readonly string[] {
  if (days === 0) return [];
  const ahead = days * 24 * 60 * 60 * 1000;
  const module = `const Now = Date; globalThis.Date = class extends Now {
    constructor(...args) { args.length === 0 ? super(Now.now() + ${ahead}) : super(...args); }
    static now() { return Now.now() + ${ahead}; }
  };`;
  return ['--import', `data:text/javascript,${encodeURIComponent(module)}`];
}

/** A port that nothing listens on now. */
export async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((resolve) => probe.listen(0, '127.0.0.1', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise<void>((resolve) => probe.close(() => resolve()));
  return port;
}
