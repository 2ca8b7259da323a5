/** Weights of a language model from a file of one's own. */
import { copyFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { writeSafetensors } from '../../src/data-files/safetensors.ts';
import { file, here, pathOf } from './lab.ts';

const shipped = (name: string) => fileURLToPath(new URL(`../../public/weights/${name}.safetensors`, import.meta.url));
const experiment = file('templates.json', { data: { id: 'castle' }, attack: { id: 'jailbreak-templates' } });
const told = async (...more: string[]) =>
  JSON.parse(await here('run', experiment, '--json', '--threads', '1', ...more)).lanes[0].metrics.attackSuccessRate.value;

describe('--weights', () => {
  it('says by how much a file does not fit the model', async () => {
    await expect(told('--set', 'model.width=32', '--weights', shipped('castle'))).rejects.toThrow(
      /has \d+ weights named base; this model needs \d+/,
    );
  });

  it('takes the place of what ships, and another file gives another model', async () => {
    copyFileSync(shipped('castle'), pathOf('own.safetensors'));
    const usual = await told();
    expect(await told('--weights', pathOf('own.safetensors'))).toBe(usual);
    expect(await told('--weights', shipped('castle-unknowing'))).toBeLessThan(usual); // it never heard the codes
  });

  it.each([
    [
      'of a model of another size',
      ['--weights', pathOf('small.safetensors')],
      'it has 1 tensors, such as "base.0.weight"; allowed: a file that was saved here',
    ],
    ['that are none', ['--weights', experiment], 'the file of weights cannot be read as weights'],
    ['that are not there', ['--weights', pathOf('missing')], 'missing cannot be read (ENOENT); a safetensors file is expected'],
    [
      'of pictures',
      ['--weights', 'x', '--set', 'data.id=mnist', '--set', 'attack.id=lira'],
      'model.weights is not an option here',
    ],
    ['beside training', ['--weights', 'x', '--set', 'model.weights=trained here'], 'model.weights is "trained here"'],
  ])('refuses weights %s in a sentence', async (_what, words, sentence) => {
    const tensors = [{ name: 'base.0.weight', shape: [1, 1], values: Float32Array.of(1) }];
    writeFileSync(pathOf('small.safetensors'), writeSafetensors({ tensors, about: {} }));
    await expect(told(...words)).rejects.toThrow(sentence);
  });
});
