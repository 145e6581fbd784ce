/** Caps at the edge of the relay, and what a tablet therefore keeps to. Bytes unless the name says otherwise. */
export const limits = {
  /** One signed header, UTF-8. */
  header: 2048,
  /** The payload of one command, decoded: a link for visitors that names 500 pages has 20,000 (PU5). */
  commandPayload: 24 * 1024,
  /** The payload of one edit, decoded. */
  editPayload: 1024 * 1024,
  /** The credential that comes beside a change, UTF-8. */
  credential: 4096,
  /** The body of one request. */
  body: 2 * 1024 * 1024,
  /** Changes in one request. */
  changesPerRequest: 64,
  /** Prerequisites of one change. */
  after: 16,
  /** Rooms in one request for what is missing in many; the JSON body of it. */
  roomsPerRequest: 512,
  roomsBody: 1024 * 1024,
  /** Of its answer, beyond which the rooms that are left are to be asked for again. */
  roomsAnswer: 1024 * 1024,
  /** One message of a follower over a socket. */
  frame: 64 * 1024
} as const;
