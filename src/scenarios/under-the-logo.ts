/** A logo over every preview, taken off by arithmetic. */
import type { Scenario } from './scenario.ts';

const scenario: Scenario = {
  id: 'under-the-logo',
  title: 'What is under the logo',
  axis: 'data-to-data',
  level: 'first steps',
  says: 'A picture agency lays its logo over every preview, so that nobody uses one without paying. The logo covers two fifths of what is under it, always at the same place.',
  story: [
    {
      focus: 'data',
      say: 'Anybody sees the mark. Taking it off one picture means painting what nobody knows.',
    },
    {
      focus: 'attack',
      say: 'She looks at all previews at once. Where the logo lies, they are all whiter than other faces are there, and they all differ less from one another.',
      ask: 'Which two numbers does she need for each pixel?',
    },
    {
      focus: 'evidence',
      say: 'By how much their mean has moved and by how much their spread has shrunk: that is the logo and its opacity. The rest is a division.',
    },
    {
      focus: 'verdict',
      say: 'Hardly a trace of it, and the pictures are nearly what they were before. The agency’s own test, which looks for its logo, no longer finds it.',
    },
    {
      focus: 'lanes',
      say: 'Now the agency lays it on thick: the logo covers nine tenths of what is under it, where it was two fifths.',
      ask: 'Does that keep the pictures safe?',
      set: { 'protection.opacity': 0.9 },
      band: {
        'with a logo': { attackSuccessRate: [0.9, 1], psnr: [36, 54], testAccuracy: [0.55, 0.76] },
      },
    },
    {
      focus: 'verdict',
      say: 'No: the same pictures come back, for the opacity is one of the two numbers that she measures. Only honest people get less: a network learns fewer faces from such previews.',
    },
  ],
  notes:
    'With ten previews the estimate does more harm than good; with 160 the logo is gone. The picture got better by the attack: 21 dB with the logo, 45 without. The paper uses the edges that all pictures share and needs no public pictures; here two moments of public pictures do. What helps an agency is what it does not like: another place, another size, another opacity for each picture. Try “averaging” and “regeneration” on the same logo.',

  experiment: {
    data: { id: 'faces', identities: 10, members: 600, nonMembers: 0, population: 600, test: 400 },
    protection: { id: 'visible-watermark' },
    model: { id: 'mlp', hidden: [64] },
    training: { optimizer: 'adam', learningRate: 0.001, epochs: 10 },
    attack: { id: 'logo-matting', pictures: 600 },
    lanes: [{ name: 'with a logo', defenses: [] }],
    seed: 1,
  },
  band: { 'with a logo': { attackSuccessRate: [0.9, 1], psnr: [36, 54], ssim: [0.98, 1] } },
};
export default scenario;
