import { homedir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { StartRefusal } from './start-refusal.ts';

/** What the environment says. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** Where the built app lies. */
  readonly build: string;
}

/** The built app of this checkout. */
export const builtApp: string = fileURLToPath(new URL('../build', import.meta.url));

/**
 * Reads HOST (127.0.0.1), PORT (8080; 0 lets the system choose) and DATA_DIR (a folder in the user's data directory).
 *
 * @throws StartRefusal for a PORT that is none
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform
): Config {
  const port = env['PORT']?.trim() || '8080';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new StartRefusal('port-invalid', `PORT is ${port}. Set it to a number from 0 to 65535.`);
  }
  return {
    host: (env['HOST']?.trim() || '127.0.0.1').replace(/^\[(.*)\]$/, '$1'),
    port: Number(port),
    dataDir: env['DATA_DIR']?.trim() || defaultDataDir(env, platform),
    build: builtApp
  };
}

/** The address as it is printed and typed: an IPv6 host in brackets (RFC 3986 §3.2.2). */
export function addressText(host: string, port: number): string {
  return `http://${host.includes(':') ? `[${host}]` : host}:${port}`;
}

function defaultDataDir(
  env: Readonly<Record<string, string | undefined>>,
  platform: NodeJS.Platform
): string {
  switch (platform) {
    case 'win32':
      return join(env['APPDATA'] || join(homedir(), 'AppData', 'Roaming'), 'TwinSpace');
    case 'darwin':
      return join(homedir(), 'Library', 'Application Support', 'TwinSpace');
    default:
      return join(env['XDG_DATA_HOME'] || join(homedir(), '.local', 'share'), 'twinspace');
  }
}
