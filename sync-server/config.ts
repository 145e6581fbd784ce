import type { BlockList } from 'node:net';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { mediaRanges, type MediaCeilings } from '#lib/domain/settings.ts';
import type { CertificateFiles } from './certificate.ts';
import { checkout } from './checkout.ts';
import { trustedProxies } from './http/client-address.ts';
import { StartRefusal } from './start-refusal.ts';

/** What the environment says. */
export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** Where the built app lies. */
  readonly build: string;
  /** HT13: proxies whose word on where a request comes from is taken. */
  readonly trustProxy: BlockList;
  /** HT14: under which it is known outside; absent where nobody has said so. */
  readonly publicUrl?: URL;
  /** OP13: absent: http. */
  readonly tls?: CertificateFiles;
  /** SG6 */
  readonly ceilings: MediaCeilings;
}

/** The built app of this checkout. */
export const builtApp: string = join(checkout, 'build');

/**
 * Reads HOST (127.0.0.1), PORT (8080; 0 lets the system choose), DATA_DIR (a folder in the user's data directory),
 * TRUST_PROXY (nobody), PUBLIC_URL (not said), TLS_CERT and TLS_KEY (http),
 * MEDIA_SPACE_MB, MEDIA_FILM_MB and MEDIA_DAY_MB (as far as administrators may choose).
 *
 * @throws StartRefusal for one that is not in form
 */
export function readConfig(
  env: Readonly<Record<string, string | undefined>> = process.env,
  platform: NodeJS.Platform = process.platform
): Config {
  const port = env['PORT']?.trim() || '8080';
  if (!/^\d{1,5}$/.test(port) || Number(port) > 65_535) {
    throw new StartRefusal('port-invalid', `PORT is ${port}. Set it to a number from 0 to 65535.`);
  }
  const publicUrl = readPublicUrl(env['PUBLIC_URL']?.trim() ?? '');
  const tls = readTls(env['TLS_CERT']?.trim() ?? '', env['TLS_KEY']?.trim() ?? '');
  return {
    host: (env['HOST']?.trim() || '127.0.0.1').replace(/^\[(.*)\]$/, '$1'),
    port: Number(port),
    dataDir: env['DATA_DIR']?.trim() || defaultDataDir(env, platform),
    build: builtApp,
    ceilings: readCeilings(env),
    trustProxy: readProxies(env['TRUST_PROXY']?.trim() ?? ''),
    ...(publicUrl ? { publicUrl } : {}),
    ...(tls ? { tls } : {})
  };
}

function readProxies(text: string): BlockList {
  const trusted = trustedProxies(text);
  if (trusted) return trusted;
  throw new StartRefusal(
    'proxy-invalid',
    `TRUST_PROXY is ${text}. Set it to addresses or networks, such as 127.0.0.1 or 10.0.0.0/8, separated by commas.`
  );
}

/** SG6: what the technician allows at most of media. */
function readCeilings(env: Readonly<Record<string, string | undefined>>): MediaCeilings {
  const names = {
    MEDIA_SPACE_MB: 'mediaSpaceMegabytes',
    MEDIA_FILM_MB: 'mediaFilmMegabytes',
    MEDIA_DAY_MB: 'mediaDayMegabytes'
  } as const;
  const said: { -readonly [Name in keyof MediaCeilings]: MediaCeilings[Name] } = {};
  for (const [name, setting] of Object.entries(names)) {
    const text = env[name]?.trim() ?? '';
    const { smallest, largest } = mediaRanges[setting];
    if (text === '') continue;
    if (!/^\d{1,6}$/.test(text) || Number(text) < smallest || Number(text) > largest) {
      throw new StartRefusal(
        'ceiling-invalid',
        `${name} is ${text}. Set it to a whole number of megabytes from ${smallest} to ${largest}.`
      );
    }
    said[setting] = Number(text);
  }
  return said;
}

function readTls(certificate: string, key: string): CertificateFiles | undefined {
  if (certificate === '' && key === '') return undefined;
  if (certificate !== '' && key !== '') return { certificate, key };
  const missing = certificate === '' ? 'TLS_CERT' : 'TLS_KEY';
  throw new StartRefusal(
    'certificate-invalid',
    `${missing} is not set. TLS_CERT and TLS_KEY go together: the files of a certificate and of its key.`
  );
}

function readPublicUrl(text: string): URL | undefined {
  if (text === '') return undefined;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  const whole = url && /^https?:$/.test(url.protocol) && [url.origin, `${url.origin}/`].includes(url.href);
  if (whole) return url;
  throw new StartRefusal(
    'public-url-invalid',
    `PUBLIC_URL is ${text}. Set it to the address that people open, such as https://twinspace.example.org, without a path.`
  );
}

/** The address as it is printed and typed: an IPv6 host in brackets (RFC 3986 §3.2.2). */
export function addressText(host: string, port: number, overTls = false): string {
  return `http${overTls ? 's' : ''}://${host.includes(':') ? `[${host}]` : host}:${port}`;
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
