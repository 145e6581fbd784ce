/** A film or sound that is about to go into the page, and what is said of it. */
export class RecordingDraft {
  readonly recording: Blob;
  /** As far as whoever recorded it knows. */
  readonly seconds: number | undefined;
  alt = $state('');
  caption = $state('');

  constructor(recording: Blob, seconds?: number) {
    this.recording = recording;
    this.seconds = seconds;
  }
}
