/** How wide the blur brush is. */
export type Brush = 'small' | 'medium' | 'large';

/** In parts of the picture's longer edge: an eye, a face in a group, a face that fills a third of the picture. */
export const brushRadius: Readonly<Record<Brush, number>> = { small: 0.02, medium: 0.05, large: 0.1 };
