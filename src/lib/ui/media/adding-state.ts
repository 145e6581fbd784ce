/**
 * How it stands with what is to be put into a page. `works`: something is drawn or walked now. `left`: something was not
 * taken now and lies nowhere else; it can be tried again while the page is written (MT1).
 */
export type AddingState = 'none' | 'works' | 'left';
