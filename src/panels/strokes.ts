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

/** Of lanes: the undefended in the colour of the attack, the others in that of the defense, told apart by their dashes. */
const laneLooks: readonly Look[] = [
  { color: 'var(--attack)', dash: undefined, shape: 'circle' },
  ...looks.slice(1).map((look) => ({ ...look, color: 'var(--defense)' })),
];

/** @param line with whether a defense is on, where it is a lane's */
export const lineLookOf = ({ defended }: { readonly defended?: boolean }, index: number): Look =>
  defended === undefined ? lookOf(index) : defended ? (laneLooks[1 + ((index + 4) % 5)] as Look) : (laneLooks[0] as Look);

export const lookOf = (index: number): Look => looks[index % looks.length] as Look;
