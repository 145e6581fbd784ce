/**
 * Why the relay ends a connection. y-websocket 3: 44xx means do not come back by yourself, 45xx try again later.
 */
export const closeCodes = {
  /** No device cookie, or one that no longer counts: sign in, then ask for the rooms again. */
  notEnrolled: 4401,
  /** This device may not, or no longer, follow this document: ask for the rooms again. */
  mayNotRead: 4403,
  /** No such room. */
  unknownRoom: 4404,
  /** The document was built anew: discard it and ask for the rooms again. */
  otherGeneration: 4410,
  /** The device was revoked: wipe documents and credentials, keep the outbox. */
  revoked: 4423,
  /** The relay is stopping or overloaded. */
  tryLater: 4503,
  /** More frames than a follower has reason to send. */
  flood: 4529
} as const;
