/**
 * Regeneration: the picture is drowned in noise and made again by a network that has learned, from public pictures, what such pictures look
 * like. What it has never seen, such as a mark, it does not make.
 */
import { defineAttack } from '../../core/attack.ts';
import { progress } from '../../core/event.ts';
import { count, range } from '../../core/params.ts';
import { noisy } from './processing.ts';

/** Shares of the noise at which the trade-off is shown. */
const steps = [0, 0.5];
/** Noisy copies of each public picture to learn from. */
const copies = 2;
const hidden = 256;

export default defineAttack({
  id: 'regeneration',
  title: 'Regeneration',
  axis: 'data-to-data',
  family: 'watermark removal',
  says: 'Adds noise to a marked picture and has a denoising network, trained on public pictures, make it again. It makes what such pictures look like, and no mark.',
  paper: {
    title: 'Invisible Image Watermarks Are Provably Removable Using Generative AI',
    authors: 'Zhao, Zhang, Su, Vasan, Grishchenko, Kruegel, Vigna, Wang, Li',
    venue: 'NeurIPS',
    year: 2024,
    arxiv: '2306.01953',
  },
  access: 'marked-pictures',
  brings: 'cleaned pictures',
  knows: ['population'],
  params: {
    noise: range({
      label: 'Noise',
      says: 'Its standard deviation at every pixel, before the picture is made again. More noise proves more, and costs more.',
      min: 0,
      max: 1,
      step: 0.05,
      initial: 0.1,
    }),
    code: count({
      label: 'Code',
      says: 'Numbers that the network squeezes a picture into. Few let no mark through, and little of the picture.',
      min: 2,
      max: 256,
      step: 8,
      initial: 64,
    }),
    epochs: count({
      label: 'Epochs',
      says: 'How long it learns from noisy copies of public pictures.',
      min: 1,
      max: 200,
      step: 5,
      initial: 20,
    }),
  },
  metrics: ['attackSuccessRate', 'bitAccuracy', 'zScore', 'psnr', 'ssim', 'testAccuracy'],
  async *run({ pictures }, { noise, code, epochs }, { auxiliary, random, trainNetwork }) {
    const { inputs, size } = auxiliary;
    const plain = Float32Array.from({ length: copies * inputs.length }, (_, at) => inputs[at % inputs.length] as number);
    const drawn = random.stream('noise to learn from');
    const seen = new Float32Array(plain.length);
    for (let from = 0; from < plain.length; from += size)
      seen.set(noisy(plain.subarray(from, from + size), noise * drawn.uniform(), drawn), from);
    const network = yield* trainNetwork({
      model: { id: 'autoencoder', options: { hidden, code } },
      inputs: seen,
      targets: plain,
      outputs: size,
      plan: { loss: 'sigmoid', epochs },
      phase: 'learning to make noisy pictures clean',
      seed: 'denoiser',
    });
    const again = async (share: number) => {
      const logits = await network.logits(noisy(pictures, share * noise, random.stream('noise')));
      return logits.map((logit) => 1 / (1 + Math.exp(-logit)));
    };
    for (const share of steps) {
      yield progress('making the pictures again', share, 1);
      yield { type: 'artefact', artefact: { kind: 'cleaned pictures', pictures: await again(share) } };
    }
    return { kind: 'cleaned pictures', pictures: await again(1) };
  },
});
