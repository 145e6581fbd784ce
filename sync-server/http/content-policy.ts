import { createHash } from 'node:crypto';

/**
 * Kit's announcer carries its style as an attribute in the script that makes it. This is the one style attribute that
 * may be: by its hash (CSP 3 §8.3, `unsafe-hashes`), never by `unsafe-inline`.
 */
const announcer =
  'position: absolute; left: 0; top: 0; clip: rect(0 0 0 0); clip-path: inset(50%); overflow: hidden; white-space: nowrap; width: 1px; height: 1px';

const host = /^[A-Za-z0-9.:[\]-]{1,255}$/;

/**
 * HT7: the policy of a page: this host's own scripts and styles, and the page's own inline ones by their hashes;
 * nothing else, from nowhere else.
 *
 * @returns given the host of the request, the header; sockets are named since not every browser counts them as `self`
 */
export function policyFor(page: string): (host: string) => string {
  const scripts = hashes(page, /<script(?:\s[^>]*)?>([\s\S]*?)<\/script>/g);
  const styles = hashes(page, /<style(?:\s[^>]*)?>([\s\S]*?)<\/style>/g);
  return (name) => {
    const sockets = host.test(name) ? ` ws://${name} wss://${name}` : '';
    return [
      `default-src 'none'`,
      `script-src 'self'${scripts}`,
      `style-src 'self'${styles}`,
      `style-src-attr 'unsafe-hashes' ${hash(announcer)}`,
      `img-src 'self' data: blob:`,
      // Films and sounds: of the relay, and those just made on the device.
      `media-src 'self' blob:`,
      `font-src 'self'`,
      `connect-src 'self'${sockets}`,
      `manifest-src 'self'`,
      `worker-src 'self'`,
      `frame-ancestors 'none'`,
      `base-uri 'none'`,
      `form-action 'none'`,
      // Svelte's own for its templates, and that of static/before-app.js for the addresses of workers.
      `require-trusted-types-for 'script'`,
      `trusted-types svelte-trusted-html default`
    ].join('; ');
  };
}

/** The policy of a script that may run as a worker: what it may load, and from where. */
export const workerPolicy = `default-src 'none'; script-src 'self'; connect-src 'self'`;

/** The policy of whatever is neither page nor script. */
export const barePolicy = `default-src 'none'; frame-ancestors 'none'`;

function hashes(page: string, pattern: RegExp): string {
  return [...page.matchAll(pattern)]
    .map(([, content = '']) => content)
    .filter((content) => content.trim() !== '')
    .map((content) => ` ${hash(content)}`)
    .join('');
}

function hash(content: string): string {
  return `'sha256-${createHash('sha256').update(content).digest('base64')}'`;
}
