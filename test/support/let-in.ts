/** Runs in the page that is written: pictures, as base64, are pasted or let go there. */
export function letIn([how, ...pictures]: readonly ['paste' | 'drop', ...string[]]): void {
  const editor = document.querySelector('[role=textbox][contenteditable=true]');
  const data = new DataTransfer();
  for (const text of pictures) {
    const bytes = Uint8Array.from(atob(text), (sign) => sign.charCodeAt(0));
    data.items.add(new File([bytes], 'imagen.jpg', { type: 'image/jpeg' }));
  }
  const { left = 0, top = 0 } = editor?.getBoundingClientRect() ?? {};
  const options = { bubbles: true, cancelable: true };
  if (how === 'drop') {
    const at = { clientX: left + 40, clientY: top + 40 };
    editor?.dispatchEvent(new DragEvent('drop', { ...options, ...at, dataTransfer: data }));
    return;
  }
  const pasted = new ClipboardEvent('paste', { ...options, clipboardData: data });
  // Firefox gives what a script pastes a clipboard of its own, without files.
  if (pasted.clipboardData !== data) Object.defineProperty(pasted, 'clipboardData', { value: data });
  editor?.dispatchEvent(pasted);
}
