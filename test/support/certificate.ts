import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { setDefaultCACertificates } from 'node:tls';
import { tempFolder } from './relay.ts';

/** A certificate for this machine, signed by itself, and its key. */
export interface OwnCertificate {
  readonly certificate: string;
  readonly key: string;
  /** The certificate as PEM. */
  readonly pem: string;
}

/** Makes one with openssl; it is gone when the test has ended. This process takes it, and no other, for a good one from now on. */
export function ownCertificate(): OwnCertificate {
  const folder = join(tempFolder(), 'tls');
  mkdirSync(folder);
  const [certificate, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  execFileSync(
    'openssl',
    [
      ...[
        'req',
        '-x509',
        '-newkey',
        'ec',
        '-pkeyopt',
        'ec_paramgen_curve:prime256v1',
        '-nodes',
        '-days',
        '2'
      ],
      ...['-subj', '/CN=localhost', '-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'],
      ...['-keyout', key, '-out', certificate]
    ],
    { stdio: 'ignore' }
  );
  const pem = readFileSync(certificate, 'utf8');
  setDefaultCACertificates([pem]);
  return { certificate, key, pem };
}
