import { join } from 'node:path';
import { setDefaultCACertificates } from 'node:tls';
import { makeCertificate, type OwnCertificate } from './make-certificate.ts';
import { tempFolder } from './relay.ts';

/** Makes one with openssl; it is gone when the test has ended. This process takes it, and no other, for a good one from now on. */
export function ownCertificate(): OwnCertificate {
  const made = makeCertificate(join(tempFolder(), 'tls'));
  setDefaultCACertificates([made.pem]);
  return made;
}
