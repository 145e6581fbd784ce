import { randomBytes } from 'node:crypto';
import { connect, type Socket } from 'node:net';

/** Message type 0 and sync message 0 with an empty state vector, as a client's frame: its mask is four zeros. */
const step1 = Uint8Array.of(0x82, 0x84, 0, 0, 0, 0, 0, 0, 1, 0);
/** The largest header of a frame of a server, and the two bytes that say what is in it (RFC 6455 §5.2). */
const mostHeader = 10 + 2;

/**
 * A tablet that comes back with nothing and asks for a document. It counts the bytes and keeps none: three hundred
 * machines do this each for itself, and here they share one, which is to measure the relay.
 *
 * @returns the socket, once the whole document has arrived
 */
export function returningTablet(address: string, room: string, cookie: string): Promise<Socket> {
  const { hostname, port } = new URL(address);
  return new Promise((done, fail) => {
    let head = '';
    let frame = Buffer.alloc(0);
    /** Bytes of the frame that are still to come. */
    let left = 0;
    let isDocument = false;
    const read = (length: number, buffer: Uint8Array): boolean => {
      let part = Buffer.from(buffer.buffer, buffer.byteOffset, length);
      if (!head.endsWith('\r\n\r\n')) {
        const end = part.indexOf('\r\n\r\n');
        head += part.toString('latin1', 0, end < 0 ? length : end + 4);
        if (end < 0) return true;
        if (!head.startsWith('HTTP/1.1 101')) fail(new Error(head));
        socket.write(step1);
        part = part.subarray(end + 4);
      }
      while (part.length > 0) {
        if (left === 0) {
          const whole = Buffer.concat([frame, part.subarray(0, mostHeader)]);
          const header = headerOf(whole);
          if (!header) {
            frame = whole;
            return true;
          }
          isDocument = header.isDocument;
          left = header.size - frame.length;
          frame = Buffer.alloc(0);
        }
        const taken = Math.min(left, part.length);
        left -= taken;
        part = part.subarray(taken);
        if (left === 0 && isDocument) done(socket);
      }
      return true;
    };
    const socket = connect({
      host: hostname,
      port: Number(port),
      onread: { buffer: Buffer.allocUnsafe(64 * 1024), callback: read }
    });
    socket.on('error', fail);
    socket.on('close', () => fail(new Error('cut off')));
    socket.write(
      [
        `GET /sync/${room} HTTP/1.1`,
        ...[`Host: ${hostname}:${port}`, 'Connection: Upgrade', 'Upgrade: websocket', `Cookie: ${cookie}`],
        ...['Sec-WebSocket-Version: 13', `Sec-WebSocket-Key: ${randomBytes(16).toString('base64')}`],
        '\r\n'
      ].join('\r\n')
    );
  });
}

/** How long a frame is, with its header, and whether it is a step 2; undefined: more of it has to come first. */
function headerOf(bytes: Buffer): { readonly size: number; readonly isDocument: boolean } | undefined {
  const short = (bytes[1] ?? 0) & 0x7f;
  const header = short === 127 ? 10 : short === 126 ? 4 : 2;
  if (bytes.length < header) return undefined;
  const length =
    short === 127 ? Number(bytes.readBigUInt64BE(2)) : short === 126 ? bytes.readUInt16BE(2) : short;
  if (bytes.length < header + Math.min(2, length)) return undefined;
  return { size: header + length, isDocument: bytes[header] === 0 && bytes[header + 1] === 1 };
}
