import type { ContentfulStatusCode } from 'hono/utils/http-status';
import type { ErrorCode } from '#lib/protocol/messages.ts';

/** The HTTP status that goes with each code. */
const statuses: { readonly [Code in ErrorCode]: ContentfulStatusCode } = {
  malformed: 400,
  'too-large': 413,
  'too-many': 429,
  'slow-down': 429,
  'not-enrolled': 401,
  'device-revoked': 403,
  'device-taken': 409,
  'wrong-origin': 403,
  'wrong-host': 421,
  'not-permitted': 403,
  'sign-in-wrong': 401,
  'link-unknown': 404,
  'link-used': 410,
  'link-revoked': 410,
  'link-expired': 410,
  'offer-unknown': 404,
  'offer-expired': 410,
  'offer-full': 410,
  'offer-withdrawn': 410,
  'tablets-full': 409,
  'classroom-password': 403,
  'not-found': 404,
  'other-generation': 410,
  'other-offset': 409,
  'other-tus': 412,
  'hash-wrong': 422,
  'media-invalid': 422,
  'metadata-present': 422,
  'disk-full': 507,
  'media-full': 409,
  'relay-failed': 500,
  'relay-stopping': 503
};

/** The request as a whole is not served (HT1). */
export class ApiError extends Error {
  readonly code: ErrorCode;
  readonly status: ContentfulStatusCode;
  /** After how many seconds to come again. */
  readonly seconds?: number;

  constructor(code: ErrorCode, seconds?: number) {
    super(code);
    this.name = 'ApiError';
    this.code = code;
    this.status = statuses[code];
    if (seconds !== undefined) this.seconds = seconds;
  }
}
