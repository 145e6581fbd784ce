/** What is walked at most. More is refused before it costs memory or time. */
export const mediaLimits = {
  /** Bytes that are asked of a source at once. */
  piece: 1024 * 1024,
  /** Parts of a file that are looked at: chunks, boxes, blocks. A film of an hour has some 400,000. */
  parts: 1_000_000,
  /** Units into which the pictures of a film are cut. An hour of a camera that cuts each into eight has a million. */
  units: 4_000_000,
  /** Frames of a film with those of its sound, in all tracks. */
  samples: 1_000_000,
  /** Stretches of a film's data that belong together. */
  stretches: 200_000,
  /** Places at which a file is altered. */
  edits: 200_000,
  /** Bytes that tell a decoder how to begin; those of cameras have a few hundred. */
  decoderBytes: 4096
} as const;
