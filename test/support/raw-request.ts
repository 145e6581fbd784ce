import { request, type IncomingHttpHeaders } from 'node:http';

/** A request with any headers, `Host` among them, which `fetch` would tidy. */
export function ask(
  address: string,
  path: string,
  headers: Record<string, string>,
  method = 'GET',
  sent?: unknown
): Promise<{ status: number; headers: IncomingHttpHeaders; body: string }> {
  const { hostname, port } = new URL(address);
  return new Promise((done, fail) => {
    const asking = request({ hostname, port, path, headers, method }, (answer) => {
      let body = '';
      answer.on('data', (part: Buffer) => (body += part.toString()));
      answer.on('end', () => done({ status: answer.statusCode ?? 0, headers: answer.headers, body }));
    });
    asking.on('error', fail);
    asking.end(sent === undefined ? undefined : JSON.stringify(sent));
  });
}
