import { gzipSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { randomOf } from '../../src/core/random.ts';
import { readIdx } from '../../src/data-files/idx.ts';
import { counting, encode, file, idx, idxTypes, join, read, refusalOf } from './build.ts';

const images = idx('u1', [40, 2, 3], counting(240, 256));
const labels = idx('u1', [40], counting(40, 4));
const [imagesFile, labelsFile] = [file('images.idx3-ubyte', images), file('labels.idx1-ubyte', labels)];

describe('IDX', () => {
  it('images and labels become pictures in [0, 1] with classes', async () => {
    const { examples, ...rest } = await read(imagesFile, labelsFile);
    expect(rest).toEqual({
      shape: [2, 3, 1],
      classNames: ['0', '1', '2', '3'],
      columns: [],
      from: 'images.idx3-ubyte: 40 pictures of 2 × 3 with labels of 4 classes',
      notes: [],
    });
    expect([examples.count, examples.size]).toEqual([40, 6]);
    expect(examples.inputs).toEqual(Float32Array.from(counting(240, 256), (byte) => byte / 255));
    expect([...examples.labels]).toEqual(counting(40, 4));
  });

  it('may come in either order, under any name, and packed by gzip under any name', async () => {
    const expected = (await read(imagesFile, labelsFile)).examples;
    const [first, second] = [file('a', gzipSync(labels)), file('b.gz', gzipSync(images))];
    const { examples, from } = await read(first, second);
    expect(examples).toEqual(expected);
    expect(from).toBe('b: 40 pictures of 2 × 3 with labels of 4 classes');
  });

  it.each(Object.keys(idxTypes) as (keyof typeof idxTypes)[])('of %s is read back as it was written', (element) => {
    const random = randomOf(1).stream(element);
    const values = counting(24, 2).map((sign) => {
      if (element.startsWith('f')) return Math.fround((sign - 0.5) * random.normal());
      const below = 2 ** (8 * Number(element[1]));
      return random.integer(below) - (element === 'u1' ? 0 : below / 2);
    });
    const array = readIdx(file('a', idx(element, [2, 3, 4], values)));
    expect(array.shape).toEqual([2, 3, 4]);
    expect(values.map((_, place) => array.at(place))).toEqual(values);
  });

  it('of floats keeps its values, and bytes that are only 0 and 1 are flags', async () => {
    const floats = counting(80, 5).map((value) => value - 2);
    expect((await read(file('a', idx('f8', [40, 2], floats)), labelsFile)).examples.inputs).toEqual(Float32Array.from(floats));
    const flags = counting(80, 2);
    expect((await read(file('a', idx('u1', [40, 2], flags)), labelsFile)).examples.inputs).toEqual(Float32Array.from(flags));
  });

  it('pictures may have three channels', async () => {
    const { shape, from } = await read(file('a', idx('u1', [40, 2, 2, 3], counting(480, 256))), labelsFile);
    expect(shape).toEqual([2, 2, 3]);
    expect(from).toBe('a: 40 pictures of 2 × 2 in colour with labels of 4 classes');
  });

  it.each([
    [
      'of which the end is missing',
      images.subarray(0, 200),
      'images.idx3-ubyte has 184 bytes of values; its header says 40 × 2 × 3 of 1 byte each, 240 in all',
    ],
    [
      'with more than its header says',
      join(images, labels),
      'images.idx3-ubyte has 288 bytes of values; its header says 40 × 2 × 3 of 1 byte each, 240 in all',
    ],
    [
      'that promises more than there can be',
      join(Uint8Array.of(0, 0, 14, 3), encode('u4', [2 ** 32 - 1, 2 ** 32 - 1, 2 ** 32 - 1], false)),
      'images.idx3-ubyte has 0 bytes of values; its header says 4,294,967,295 × 4,294,967,295 × 4,294,967,295 of 8 bytes each, more than any file has',
    ],
    [
      'cut short in its header',
      images.subarray(0, 10),
      'images.idx3-ubyte is cut short in its header: it has 10 bytes; at least 16 are expected',
    ],
    [
      'with another magic number',
      join(Uint8Array.of(0, 1), images.subarray(2)),
      'images.idx3-ubyte begins with 00 01 08 03; an IDX file begins with 00 00, then 08, 09 or 0b to 0e for its type',
    ],
    [
      'of five dimensions',
      idx('u1', [40, 1, 1, 1, 1], counting(40, 9)),
      'images.idx3-ubyte has 5 dimensions; 1 to 4 are expected',
    ],
    [
      'with fewer images than labels',
      idx('u1', [39, 2, 3], counting(234, 9)),
      'images.idx3-ubyte has 39 rows and labels.idx1-ubyte 40 labels; as many are expected',
    ],
    [
      'with two channels',
      idx('u1', [40, 2, 2, 2], counting(320, 9)),
      'images.idx3-ubyte is 40 × 2 × 2 × 2; rows × features, rows × height × width or rows × height × width × 1 or 3 channels are expected',
    ],
  ])('%s is refused', async (_, bytes, sentence) => {
    expect(await refusalOf(file('images.idx3-ubyte', bytes), labelsFile)).toBe(sentence);
  });

  it('images alone, labels alone and images twice are refused', async () => {
    expect(await refusalOf(imagesFile)).toBe(
      'images.idx3-ubyte holds 40 × 2 × 3 values and comes alone; inputs and their labels are expected',
    );
    expect(await refusalOf(labelsFile)).toBe(
      'labels.idx1-ubyte holds 40 values and comes alone; inputs and their labels are expected',
    );
    expect(await refusalOf(file('a-ubyte', images), file('b-ubyte', images))).toBe(
      'found a-ubyte (40 × 2 × 3), b-ubyte (40 × 2 × 3); expected: one of x, images, data, inputs and one of y, labels, targets, ' +
        'or only two arrays with as many rows, of which one is a label a row',
    );
  });

  it('packed by gzip and cut short, or damaged, is refused', async () => {
    const packed = Uint8Array.from(gzipSync(images));
    const sentence = 'images.gz is cut short or damaged; a whole gzip file is expected';
    for (const length of [2, 17, 40, packed.length - 9, packed.length - 1]) {
      expect(await refusalOf(file('images.gz', packed.subarray(0, length)), labelsFile)).toBe(sentence);
    }
    const flipped = packed.with(packed.length - 6, (packed.at(-6) as number) ^ 1); // in the checksum
    expect(await refusalOf(file('images.gz', flipped), labelsFile)).toBe(sentence);
  });

  it('strung together from two gzip files is read as one', async () => {
    const twice = join(gzipSync(images.subarray(0, 100)), gzipSync(images.subarray(100)));
    expect((await read(file('a.gz', twice), labelsFile)).examples).toEqual((await read(imagesFile, labelsFile)).examples);
  });
});
