import { describe, expect, it } from 'vitest';
import { randomOf } from '../../src/core/random.ts';
import { type ElementName, elements } from '../../src/data-files/elements.ts';
import { readNpy } from '../../src/data-files/npy.ts';
import { counting, file, fromBase64, join, npy, npyHeader, read, refusalOf, zip } from './build.ts';
import { writtenByNumpy } from './written-by-numpy.ts';

const valuesOf = ({ shape, at }: ReturnType<typeof readNpy>) =>
  Array.from({ length: shape.reduce((product, side) => product * side, 1) }, (_, place) => at(place));

const numpys = (name: keyof typeof writtenByNumpy) => file(`${name}.npy`, fromBase64(writtenByNumpy[name]));
const labels = npy('i8', [40], counting(40, 4));

describe('an npy file', () => {
  it.each([
    ['f4', [2, 3], [-1.5, -1, -0.5, 0, 0.5, 1]],
    ['bigEndianFortran', [2, 3, 4], Array.from({ length: 24 }, (_, i) => i / 4)],
    ['i8', [4], [-(2 ** 40), -1, 0, 2 ** 52]],
    ['b1', [2, 2], [1, 0, 0, 1]],
    ['version2', [3], [1, 2, 60000]],
    ['version3', [3], [1, -2, 3]],
  ] as const)('that numpy wrote (%s) holds what numpy put there', (name, shape, values) => {
    const array = readNpy(numpys(name));
    expect(array.shape).toEqual(shape);
    expect(valuesOf(array)).toEqual(values);
  });

  it.each(Object.keys(elements) as ElementName[])('of %s is read back, in every version, order and byte order', (element) => {
    const random = randomOf(1).stream(element);
    const bits = 8 * Number(element[1]);
    const values = Array.from({ length: 24 }, () => {
      if (element === 'b1') return random.integer(2);
      if (element === 'f4') return Math.fround(random.normal());
      if (element === 'f8') return random.normal();
      return random.integer(2 ** Math.min(bits, 53)) - (element.startsWith('i') ? 2 ** (Math.min(bits, 53) - 1) : 0);
    });
    for (const version of [1, 2, 3]) {
      for (const littleEndian of [true, false]) {
        expect(valuesOf(readNpy(file('a', npy(element, [2, 3, 4], values, { littleEndian, version }))))).toEqual(values);
        const columns = readNpy(file('a', npy(element, [2, 12], values, { littleEndian, version, fortran: true })));
        expect(valuesOf(columns)).toEqual(values.map((_, i) => values[(i % 12) * 2 + Math.floor(i / 12)]));
      }
    }
  });

  it.each([
    ['objects', 'objects.npy holds Python objects; an array of plain numbers is expected'],
    ['records', 'records.npy holds records of several fields; an array of plain numbers is expected'],
    ['halves', 'halves.npy holds values of type "<f2"; known: b1, u1, i1, u2, i2, u4, i4, u8, i8, f4, f8'],
    ['texts', 'texts.npy holds values of type "<U2"; known: b1, u1, i1, u2, i2, u4, i4, u8, i8, f4, f8'],
  ] as const)('of %s is refused', async (name, sentence) => {
    expect(await refusalOf(numpys(name), file('y.npy', labels))).toBe(sentence);
  });

  it.each([
    ['that is none', file('x.npy', 'hello').bytes, 'x.npy does not begin with \\x93NUMPY; an npy file is expected'],
    ['of version 4', npy('f4', [40, 1], counting(40, 9), { version: 4 }), 'x.npy is of npy version 4; 1 to 3 are expected'],
    ['cut short before its header', labels.subarray(0, 9), 'x.npy is cut short in its header; a whole npy file is expected'],
    ['cut short in its header', labels.subarray(0, 100), 'x.npy is cut short in its header; a whole npy file is expected'],
    [
      'cut short in its values',
      npy('f4', [40, 2], counting(79, 9)),
      'x.npy has 316 bytes of values; its header says 40 × 2 of 4 bytes each, 320 in all',
    ],
    [
      'that promises more than there can be',
      npy('f8', [2 ** 40, 2 ** 40], []),
      'x.npy has 0 bytes of values; its header says 1,099,511,627,776 × 1,099,511,627,776 of 8 bytes each, more than any file has',
    ],
    [
      'without a shape',
      npyHeader("{'descr': '<f4', 'fortran_order': False}"),
      "x.npy has the header \"{'descr': '<f4', 'fortran_order': False}…\"; descr, fortran_order and shape are expected",
    ],
    ['with an endless header', npyHeader(' '.repeat(20000)), 'x.npy has a header of 20,022 bytes; at most 10,000 are allowed'],
  ])('%s is refused', async (_, bytes, sentence) => {
    expect(await refusalOf(file('x.npy', bytes), file('y.npy', labels))).toBe(sentence);
  });
});

describe('inputs and labels in numpy arrays', () => {
  const x = npy('f4', [40, 3], counting(120, 7));
  const y = npy('u1', [40], counting(40, 4));

  it.each(['npzStored', 'npzDeflated'] as const)('are read from what numpy wrote (%s)', async (name) => {
    const { examples, shape, from } = await read({ ...numpys(name), name: 'data.npz' });
    expect(examples.inputs).toEqual(Float32Array.from(counting(240, 251), (byte) => byte / 255));
    expect([...examples.labels]).toEqual(counting(40, 4));
    expect(shape).toEqual([2, 3, 1]);
    expect(from).toBe('data.npz: 40 pictures of 2 × 3 with labels of 4 classes');
  });

  it('are read as features, named by their places', async () => {
    const { shape, columns, from, examples, notes } = await read(file('x.npy', x), file('y.npy', y));
    expect([shape, columns]).toEqual([[3], ['feature 1', 'feature 2', 'feature 3']]);
    expect(from).toBe('x.npy: 40 rows of 3 features with labels of 4 classes');
    expect([...examples.inputs]).toEqual(counting(120, 7)); // not bytes: as they are
    expect(notes).toEqual([]);
  });

  it.each([
    ['X.npy', 'labels.npy'],
    ['images.npy', 'targets.npy'],
    ['data.npy', 'Y.npy'],
    ['Inputs.npy', 'y.npy'],
  ])('are found by the names %s and %s among others', async (inputs, labelled) => {
    const { examples } = await read(
      file('all.npz', zip({ 'a.npy': x, 'b.npy': y, [inputs]: npy('f4', [40, 1], counting(40, 5)), [labelled]: y })),
    );
    expect([...examples.inputs]).toEqual(counting(40, 5));
  });

  it('are found without names where only two arrays have as many rows', async () => {
    const other = npy('f4', [41, 3], counting(123, 7));
    expect((await read(file('all.npz', zip({ 'a.npy': y, 'b.npy': other, 'c.npy': x })))).shape).toEqual([3]);
    expect((await read(file('all.npz', zip({ 'a.npy': x, 'b.npy': npy('f8', [40, 1], counting(40, 2)) })))).shape).toEqual([3]);
  });

  it('with channels first get their channels last', async () => {
    const [rows, pixels] = [40, 4]; // of 2 × 2
    const first = Array.from({ length: rows * 3 * pixels }, (_, i) => i % 12); // each row 0 … 11: 0 1 2 3 | 4 5 6 7 | 8 9 10 11
    const { examples, shape, notes } = await read(file('x.npy', npy('f4', [rows, 3, 2, 2], first)), file('y.npy', y));
    expect(shape).toEqual([2, 2, 3]);
    expect([...examples.inputs.subarray(0, 12)]).toEqual([0, 4, 8, 1, 5, 9, 2, 6, 10, 3, 7, 11]);
    expect(notes).toEqual([
      'The channels of x.npy come first and were moved last.',
      'Pixels run from 0 to 11, not from 0 to 1: left as they are, and shown stretched.',
    ]);
  });

  it('that are far from 0 are left as they are, with a note', async () => {
    const far = npy(
      'i2',
      [40, 1],
      counting(40, 40).map((value) => value * -30),
    );
    const { examples, notes } = await read(file('x.npy', far), file('y.npy', y));
    expect(examples.inputs[39]).toBe(-1170);
    expect(notes).toEqual([
      'Features run from -1170 to 0 and are left as they are: beyond ±100 training may fail, so bring them to a common scale first.',
    ]);
  });

  it('are refused if one pair is not to be told from another', async () => {
    expect(await refusalOf(file('all.npz', zip({ 'x_train.npy': x, 'y_train.npy': y, 'x_test.npy': x, 'y_test.npy': y })))).toBe(
      'found x_train.npy (40 × 3), y_train.npy (40), x_test.npy (40 × 3), y_test.npy (40); expected: one of x, images, data, inputs ' +
        'and one of y, labels, targets, or only two arrays with as many rows, of which one is a label a row',
    );
  });

  it.each([
    ['not whole', npy('f4', [40], [0.5, ...counting(39, 2)]), 'y.npy has the label 0.5 in row 1; whole numbers are expected'],
    [
      'not exact',
      npy('f8', [40], [2 ** 60, ...counting(39, 2)]),
      'y.npy has the label 1152921504606847000 in row 1; whole numbers up to 2⁵³ are expected',
    ],
    [
      'not finite',
      npy('f4', [40], [0, Number.NaN, ...counting(38, 2)]),
      'y.npy has the label NaN in row 2; whole numbers are expected',
    ],
    ['all alike', npy('u1', [40], counting(40, 1)), 'y.npy has 1 class, "0"; 2 to 100 are expected'],
    ['several a row', npy('u1', [40, 4], counting(160, 2)), 'y.npy is 40 × 4; one label a row is expected'],
    ['fewer than inputs', npy('u1', [39], counting(39, 2)), 'x.npy has 40 rows and y.npy 39 labels; as many are expected'],
  ])('are refused if labels are %s', async (_, bytes, sentence) => {
    expect(await refusalOf(file('x.npy', x), file('y.npy', bytes))).toBe(sentence);
  });

  it('are refused if there are more than 100 classes', async () => {
    const [many, manyLabels] = [npy('f4', [101, 1], counting(101, 7)), npy('u1', [101], counting(101, 101))];
    expect(await refusalOf(file('x.npy', many), file('y.npy', manyLabels))).toBe('y.npy has 101 classes; 2 to 100 are expected');
    const [fewer, fewerLabels] = [npy('f4', [100, 1], counting(100, 7)), npy('u1', [100], counting(100, 100))];
    expect((await read(file('x.npy', fewer), file('y.npy', fewerLabels))).classNames.length).toBe(100);
  });

  it('have their labels renumbered in order, with a note', async () => {
    const { examples, classNames, notes } = await read(
      file('x.npy', x),
      file(
        'y.npy',
        npy(
          'i1',
          [40],
          counting(40, 2).map((v) => 1 - 2 * v),
        ),
      ),
    );
    expect(classNames).toEqual(['-1', '1']);
    expect([...examples.labels]).toEqual(counting(40, 2).map((value) => 1 - value));
    expect(notes).toEqual(['Labels are renumbered from 0 in this order: -1, 1.']);
  });

  it.each([
    ['NaN', 'f4', Number.NaN, 'x.npy holds NaN in row 2, column 3; finite 32-bit numbers are expected'],
    ['infinite', 'f4', Number.NEGATIVE_INFINITY, 'x.npy holds -Infinity in row 2, column 3; finite 32-bit numbers are expected'],
    ['too large for 32 bits', 'f8', 1e39, 'x.npy holds 1e+39 in row 2, column 3; finite 32-bit numbers are expected'],
  ] as const)('are refused if a value is %s', async (_, element, value, sentence) => {
    const values = counting(120, 7).with(5, value);
    expect(await refusalOf(file('x.npy', npy(element, [40, 3], values)), file('y.npy', y))).toBe(sentence);
  });

  it('are refused if they are too few, too many, too long or too much', async () => {
    const zeros = async (...shape: number[]) => {
      const count = shape.reduce((product, side) => product * side, 1);
      const header = npy('u1', shape, []);
      return refusalOf(
        file('x.npy', join(header, new Uint8Array(count))),
        file('y.npy', join(npy('u1', [shape[0] as number], []), new Uint8Array(shape[0] as number))),
      );
    };
    expect(await zeros(39, 2)).toBe('x.npy has 39 examples; at least 40 are expected');
    expect(await zeros(40, 0)).toBe('x.npy has no values in an example; at least 1 is expected');
    expect(await zeros(100_001, 1)).toBe('x.npy has 100,001 examples; at most 100,000 are allowed');
    expect(await zeros(40, 12_289)).toBe('x.npy has 12,289 values an example; at most 12,288 (64 × 64 × 3) are allowed');
    expect(await zeros(64_200, 28, 28)).toBe(
      'x.npy has 64,200 examples of 784 values, 193 MiB as 32-bit numbers; at most 192 MiB are allowed, 64,198 examples of this size',
    );
  });
});
