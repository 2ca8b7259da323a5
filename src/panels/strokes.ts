/** The looks that tell lines and groups apart: colour is always doubled by a dash and a shape, so that nobody needs it. */
export interface Look {
  readonly color: string;
  readonly dash: string | undefined;
  readonly shape: 'circle' | 'square' | 'triangle' | 'diamond';
}

const looks: readonly Look[] = [
  { color: 'var(--data)', dash: undefined, shape: 'circle' },
  { color: 'var(--model)', dash: '7 4', shape: 'square' },
  { color: 'var(--attack)', dash: '2 3', shape: 'triangle' },
  { color: 'var(--defense)', dash: '9 3 2 3', shape: 'diamond' },
  { color: 'var(--fifth)', dash: '4 2', shape: 'circle' },
  { color: 'var(--sixth)', dash: '1 3', shape: 'square' },
];

export const lookOf = (index: number): Look => looks[index % looks.length] as Look;
