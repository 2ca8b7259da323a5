/**
 * Who a person is: two dozen traits that stay the same in all pictures of them. Lengths are in pixels of a 32 × 32 picture, tones
 * from 0 (black) to 1 (white).
 */
import type { Random } from '../../src/core/random.ts';

/** Traits that are a number, evenly spread from `least` to `most`. `weight` says how much a viewer notices the whole range. */
const measures = {
  skin: { least: 0.38, most: 0.92, weight: 3 },
  hairTone: { least: 0.05, most: 0.95, weight: 3 },
  headWidth: { least: 7.8, most: 10.2, weight: 2 }, // half of it
  headHeight: { least: 10, most: 12, weight: 1.5 }, // half of it
  jaw: { least: 0, most: 1, weight: 1.5 }, // from oval to square
  taper: { least: 0, most: 0.32, weight: 1.5 }, // how much narrower the chin is than the temples
  earSize: { least: 1.3, most: 2.6, weight: 0.5 },
  eyeLine: { least: -1.4, most: 0.6, weight: 0.7 }, // below the middle of the head
  eyeSpacing: { least: 0.4, most: 0.52, weight: 0.7 }, // from the middle of the face, as a share of half the head's width
  eyeWidth: { least: 1.8, most: 2.7, weight: 1 },
  eyeHeight: { least: 0.95, most: 1.8, weight: 1 },
  eyeSlant: { least: -0.3, most: 0.3, weight: 0.7 }, // above 0 the outer corner hangs
  irisTone: { least: 0.04, most: 0.4, weight: 0.5 },
  browThickness: { least: 0.35, most: 0.95, weight: 1.2 },
  browSlant: { least: -0.2, most: 0.35, weight: 1 }, // above 0 the outer end hangs
  browHeight: { least: 2.7, most: 3.9, weight: 0.6 }, // above the eye
  noseLength: { least: 3.8, most: 6, weight: 0.8 },
  noseWidth: { least: 1.1, most: 2.3, weight: 0.8 },
  mouthWidth: { least: 2.4, most: 4.2, weight: 1 },
  lips: { least: 0.35, most: 1.2, weight: 0.8 },
} as const;

/** Traits that are one of several. An option named twice is drawn twice as often. */
const choices = {
  hair: {
    options: [
      'bald',
      'cropped',
      'short',
      'parting',
      'fringe',
      'long',
      'bob',
      'afro',
      'curls',
      'bun',
      'receding',
      'spiky',
      'bunches',
    ],
    weight: 4,
  },
  parting: { options: ['left', 'right'], weight: 0.3 },
  glasses: { options: ['none', 'none', 'none', 'none', 'none', 'none', 'round', 'square'], weight: 0.8 },
  beard: { options: ['none', 'none', 'none', 'none', 'moustache', 'goatee', 'stubble', 'full'], weight: 1.5 },
} as const;

type Measured = { readonly [K in keyof typeof measures]: number };
type Chosen = { readonly [K in keyof typeof choices]: (typeof choices)[K]['options'][number] };
export type Person = Measured & Chosen;

// Listed once: a hundred people are compared two by two.
const measureList = Object.entries(measures) as [keyof Measured, (typeof measures)[keyof Measured]][];
const choiceList = Object.entries(choices) as [keyof Chosen, (typeof choices)[keyof Chosen]][];

/** Hair as bright as the skin would not be seen. */
const clearlyApart = 0.25;

function personFrom(random: Random): Person {
  const measured = measureList.map(([trait, { least, most }]) => [trait, least + (most - least) * random.uniform()]);
  const chosen = choiceList.map(([trait, { options }]) => [trait, options[random.integer(options.length)]]);
  const person = Object.fromEntries([...measured, ...chosen]) as Person;
  return Math.abs(person.hairTone - person.skin) < clearlyApart ? personFrom(random) : person;
}

/** How different two people look: 0 for the same person, and about 13 for two drawn at random. */
export function difference(one: Person, other: Person): number {
  let sum = 0;
  for (const [trait, { least, most, weight }] of measureList) {
    sum += (weight * Math.abs(one[trait] - other[trait])) / (most - least);
  }
  for (const [trait, { weight }] of choiceList) {
    if (one[trait] !== other[trait]) sum += weight;
  }
  return sum;
}

/**
 * People who look unlike each other and unlike `others`: of twenty drawn, the one is taken whose nearest double is furthest
 * (Mitchell's best candidate). Asking for more people adds some and changes none.
 */
export function castOf(count: number, random: Random, others: readonly Person[] = []): Person[] {
  const cast: Person[] = [];
  while (cast.length < count) {
    const candidates = Array.from({ length: 20 }, () => personFrom(random));
    const known = [...others, ...cast];
    const nearest = candidates.map((candidate) => Math.min(...known.map((person) => difference(candidate, person))));
    cast.push(candidates[nearest.indexOf(Math.max(...nearest))] as Person);
  }
  return cast;
}
