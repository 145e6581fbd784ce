/** Milliseconds until a file that was handed over is let go: a slow device may ask its person first. */
const held = 60_000;

/**
 * Hands the person a file, as the browser does it: asked where, or put among the downloads. An app on the home screen of
 * an iPad has no downloads: there it is handed to another app.
 */
export function saveFile(file: File): void {
  if ((navigator as { standalone?: boolean }).standalone && canShareFile(file)) return void shareFile(file);
  const address = URL.createObjectURL(file);
  const link = document.createElement('a');
  link.href = address;
  link.download = file.name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(address), held);
}

/** TH7: has the browser fetch a file of the relay's by itself: it shows how far it is, stops and goes on. */
export function fetchFile(address: string): void {
  const link = document.createElement('a');
  link.href = address;
  link.download = '';
  link.click();
}

/**
 * Whether a file can be handed over now. Where that is another app's to take, the browser wants a tap that is not long ago:
 * what takes its time is handed over with the next one.
 */
export function mayHandOver(): boolean {
  const { standalone, userActivation } = navigator as {
    readonly standalone?: boolean;
    readonly userActivation?: { readonly isActive: boolean };
  };
  return !standalone || userActivation === undefined || userActivation.isActive;
}

/** Whether the device can hand such a file to another of its apps. */
export function canShareFile(file: File): boolean {
  return typeof navigator.canShare === 'function' && navigator.canShare({ files: [file] });
}

/** Hands a file to another app of the device. Who closes the sheet without choosing has shared nothing: no error. */
export async function shareFile(file: File): Promise<void> {
  try {
    await navigator.share({ files: [file], title: file.name });
  } catch (error) {
    if (!(error instanceof DOMException && error.name === 'AbortError')) throw error;
  }
}
