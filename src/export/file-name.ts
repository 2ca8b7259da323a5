/** What a saved file is called: `threatloop-membership-roc-a-seed1.svg`. */

export const fileName = (scenario: string, what: string, seed: number, ending: string): string =>
  `threatloop-${[scenario, what].map(plain).join('-')}-seed${seed}.${ending}`;

const plain = (words: string) =>
  words
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
