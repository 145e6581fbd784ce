import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** A certificate for this machine, signed by itself, and its key. */
export interface OwnCertificate {
  readonly certificate: string;
  readonly key: string;
  /** The certificate as PEM. */
  readonly pem: string;
}

/** Makes one with openssl, for two days. @param folder that is made for it */
export function makeCertificate(folder: string): OwnCertificate {
  mkdirSync(folder);
  const [certificate, key] = [join(folder, 'cert.pem'), join(folder, 'key.pem')];
  const wanted =
    'req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 2 -subj /CN=localhost';
  const names = ['-addext', 'subjectAltName=DNS:localhost,IP:127.0.0.1'];
  const files = ['-keyout', key, '-out', certificate];
  execFileSync('openssl', [...wanted.split(' '), ...names, ...files], { stdio: 'ignore' });
  return { certificate, key, pem: readFileSync(certificate, 'utf8') };
}
