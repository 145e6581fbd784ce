import { encodedAside } from '#lib/capture/encoded-aside.ts';

/** A photograph, near enough: sky, river and a face, and a corner that tells which way is up. */
export async function photo(width = 1200, height = 900, type = 'image/jpeg'): Promise<Blob> {
  const canvas = new OffscreenCanvas(width, height);
  const context = canvas.getContext('2d');
  if (!context) throw new Error('no canvas');
  context.scale(width / 1200, height / 900);
  const sky = context.createLinearGradient(0, 0, 0, 900);
  sky.addColorStop(0, '#7db4e0');
  sky.addColorStop(0.6, '#d9e8ef');
  sky.addColorStop(0.6, '#3f7438');
  sky.addColorStop(1, '#2b5a6a');
  context.fillStyle = sky;
  context.fillRect(0, 0, 1200, 900);
  context.fillStyle = '#e9b18d';
  context.beginPath();
  context.arc(600, 420, 170, 0, 2 * Math.PI);
  context.fill();
  context.fillStyle = '#222';
  for (const x of [540, 660]) context.fillRect(x - 20, 370, 40, 24);
  context.fillRect(530, 490, 140, 16);
  context.fillStyle = '#f00';
  context.fillRect(0, 0, 90, 90);
  return encodedAside(canvas, { type });
}
