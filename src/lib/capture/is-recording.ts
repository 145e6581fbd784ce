import { kindBytes, kindOf } from '#lib/media/kind.ts';

/** Whether it is a film or a sound, by how it begins (MD1). */
export async function isRecording(blob: Blob): Promise<boolean> {
  try {
    const kind = kindOf(new Uint8Array(await blob.slice(0, kindBytes).arrayBuffer()));
    return kind === 'mp4' || kind === 'webm';
  } catch {
    // The file went away: it is told as a picture that cannot be read.
    return false;
  }
}
