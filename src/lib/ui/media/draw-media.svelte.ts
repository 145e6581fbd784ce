import { mount, unmount } from 'svelte';
import type { DrawMedia, MediaWords } from '#lib/editor/media.ts';
import MediaFigure from '#lib/ui/media/MediaFigure.svelte';
import type { MediaView } from '#lib/ui/media/media-view.ts';

/** Draws pictures, films and sounds in the editor as they are read, and says what is missing. */
export function drawMedia(view: MediaView | undefined): DrawMedia {
  return (target, first) => {
    const props: MediaWords & { view: MediaView | undefined; written: boolean } = $state({
      ...first,
      view,
      written: true
    });
    const figure = mount(MediaFigure, { target, props });
    return {
      update: (words) => Object.assign(props, words),
      close: () => void unmount(figure)
    };
  };
}
