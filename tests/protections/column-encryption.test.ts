/** What encrypted columns show and what they do not, and that the cipher is AES as others compute it. */
import { createCipheriv, createHmac } from 'node:crypto';
import { beforeAll, describe, expect, it } from 'vitest';
import hospital from '../../datasets/hospital/index.ts';
import type { EncryptedTable } from '../../src/core/access.ts';
import { type Examples, take } from '../../src/core/examples.ts';
import { initialValues } from '../../src/core/params.ts';
import { randomOf } from '../../src/core/random.ts';
import { valuesOf } from '../../src/core/table.ts';
import { cipherOf } from '../../src/protections/cipher.ts';
import protection from '../../src/protections/column-encryption.ts';
import { ownerOf, resultOf } from './owner.ts';

const options = initialValues(hospital.params);
const columns = hospital.columns?.(options) ?? [];
const rows = 400;
let examples: Examples;
let test: Examples;
beforeAll(async () => {
  const all = await hospital.load(options, async () => new Uint8Array(), randomOf(1));
  const range = (from: number, count: number) => Array.from({ length: count }, (_, i) => from + i);
  examples = take(all, range(0, rows));
  test = take(all, range(rows, 100));
});
const protectedBy = (more: object = {}, seed = 7) =>
  resultOf(
    protection.protect(
      { ...initialValues(protection.params), ...more },
      ownerOf({ examples, test, auxiliary: test, shape: hospital.shape(options), classes: 2, columns, random: randomOf(seed) }),
    ),
  );
const tableOf = async (more?: object): Promise<EncryptedTable> => (await protectedBy(more)).released;

describe('an encrypted column', () => {
  it('has one ciphertext a value, for equal cells the same, and ascending ones where order is kept', async () => {
    const plain = valuesOf(examples, columns);
    const { columns: encrypted } = await tableOf();
    for (const [at, { ciphertexts, cells, keepsOrder }] of encrypted.entries()) {
      const values = plain[at] as Int32Array;
      expect(ciphertexts).toHaveLength(new Set(values).size);
      expect(keepsOrder).toBe(columns[at]?.ordered);
      for (let row = 1; row < rows; row++) {
        const [before, now] = [values[row - 1], values[row]] as [number, number];
        const [one, other] = [ciphertexts[cells[row - 1] as number], ciphertexts[cells[row] as number]] as [string, string];
        expect(one === other).toBe(before === now);
        if (keepsOrder) expect(Math.sign(Number(other) - Number(one))).toBe(Math.sign(now - before));
      }
    }
  });

  it('of another key has nothing in common with it, and the same key gives the same', async () => {
    const again = await tableOf();
    expect(await tableOf()).toEqual(again);
    const other = await protectedBy({}, 8);
    const all = (table: EncryptedTable) => new Set(table.columns.flatMap(({ ciphertexts }) => ciphertexts));
    const shared = [...all(again)].filter((text) => all(other.released).has(text));
    expect(shared).toEqual([]);
  });

  it('has about equally frequent ciphertexts where they are shared out, and fresh ones where it is randomised', async () => {
    const smooth = (await tableOf({ ciphertexts: 40 })).columns[0] as EncryptedTable['columns'][number];
    expect(smooth.ciphertexts).toHaveLength(40);
    const counts = new Int32Array(40);
    for (const cell of smooth.cells) counts[cell] = (counts[cell] as number) + 1;
    // Each is drawn 400 times with a chance of about 1 in 40: 10 ± 3.1.
    expect(Math.max(...counts)).toBeLessThan(10 + 4 * 3.1);
    const fresh = await tableOf({ randomised: true });
    for (const { ciphertexts, keepsOrder } of fresh.columns) {
      expect(ciphertexts).toHaveLength(rows);
      expect(keepsOrder).toBe(false);
    }
  });

  it('teaches a model as much as the plain one where equality is kept, and nothing where it is not', async () => {
    const { shape, inputs } = (await protectedBy()).learnable;
    const shared = (table: Float32Array, size: number, row: number, other: number) => {
      let sum = 0;
      for (let at = 0; at < size; at++) sum += (table[row * size + at] as number) * (table[other * size + at] as number);
      return sum;
    };
    // Two rows have as much in common as they had before: that is all that a network can see of indicators.
    for (let row = 1; row < rows; row++) {
      for (const other of [row - 1, Math.floor(row / 2)]) {
        if (other === row) continue;
        expect(shared(inputs, shape[0] as number, row, other)).toBe(shared(examples.inputs, examples.size, row, other));
      }
    }
    expect((await protectedBy({ randomised: true })).learnable.inputs.every((value) => value === 0)).toBe(true);
  });
});

describe('the cipher', () => {
  const bytes = (stream: string, count: number) => {
    const random = randomOf('keys').stream(stream);
    return Buffer.from(Uint8Array.from({ length: count }, () => random.integer(256)));
  };

  it('is AES in counter mode from a keyed hash, as Node’s own OpenSSL computes it', async () => {
    const cipher = await cipherOf(randomOf('keys'));
    for (const text of ['sex/female/0', 'age/51/0', 'a much longer cell, more than one block of sixteen bytes']) {
      const tag = createHmac('sha256', bytes('mac', 32)).update(text).digest().subarray(0, 16);
      const aes = createCipheriv('aes-128-ctr', bytes('key', 16), tag);
      const expected = Buffer.concat([tag, aes.update(text), aes.final()]).toString('hex');
      expect(await cipher.deterministic(text)).toBe(expected);
    }
  });

  it('gives another ciphertext each time where it is randomised', async () => {
    const cipher = await cipherOf(randomOf('keys'));
    const nonces = randomOf('nonces');
    const texts = await Promise.all(Array.from({ length: 50 }, () => cipher.randomised('sex/female', nonces)));
    expect(new Set(texts).size).toBe(50);
  });
});
