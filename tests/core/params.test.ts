import { describe, expect, it } from 'vitest';
import { InputError } from '../../src/core/input-error.ts';
import { choice, count, drawing, initialValues, range, resolveParams, sizes, toggle } from '../../src/core/params.ts';

const params = {
  noise: range({ label: 'Noise', says: '', min: 0, max: 10, step: 0.1, initial: 1.1 }),
  shadows: count({ label: 'Shadows', says: '', min: 2, max: 256, step: 2, initial: 16 }),
  kind: choice({ label: 'Kind', says: '', choices: ['logits', 'labels'], initial: 'logits' }),
  online: toggle({ label: 'Online', says: '', initial: false }),
  hidden: sizes({ label: 'Hidden', says: '', min: 1, max: 512, maxLength: 2, initial: [64] }),
  trigger: drawing({ label: 'Trigger', says: '', maxSide: 3, initial: 'ww/ww' }),
};
const initial = { noise: 1.1, shadows: 16, kind: 'logits', online: false, hidden: [64], trigger: 'ww/ww' };

const drawn = 'rows of w (white), b (black) and . (as it was) parted by /, all of one length, at most 3 × 3 and not empty';

describe('options', () => {
  it('are what was declared when nobody says otherwise', () => {
    expect(initialValues(params)).toEqual(initial);
    expect(resolveParams(params, {}, 'attack')).toEqual(initial);
  });

  it('take what is allowed, up to the ends', () => {
    const given = { noise: 0, shadows: 256, kind: 'labels', online: true, hidden: [1, 512], trigger: 'w.b/bbb/...' };
    expect(resolveParams(params, given, 'attack')).toEqual(given);
    expect(resolveParams(params, { noise: 10, shadows: 3, hidden: [1] }, 'attack')).toEqual({
      ...initial,
      noise: 10,
      shadows: 3, // the step is the control's, not the rule's
      hidden: [1],
    });
  });

  it.each([
    ['noise', -0.1, '-0.1; allowed: a number from 0 to 10'],
    ['noise', 10.5, '10.5; allowed: a number from 0 to 10'],
    ['noise', '1', '"1"; allowed: a number from 0 to 10'],
    ['noise', Number.NaN, 'NaN; allowed: a number from 0 to 10'],
    ['noise', null, 'null; allowed: a number from 0 to 10'],
    ['noise', undefined, 'undefined; allowed: a number from 0 to 10'],
    ['shadows', 2.5, '2.5; allowed: a whole number from 2 to 256'],
    ['shadows', 1, '1; allowed: a whole number from 2 to 256'],
    ['kind', 'label', '"label"; allowed: logits, labels'],
    ['kind', 0, '0; allowed: logits, labels'],
    ['online', 'true', '"true"; allowed: true or false'],
    ['online', 1, '1; allowed: true or false'],
    ['hidden', 64, '64; allowed: a list of 1 to 2 whole numbers from 1 to 512'],
    ['hidden', [1, 2, 3], '[1,2,3]; allowed: a list of 1 to 2 whole numbers from 1 to 512'],
    ['hidden', [], '[]; allowed: a list of 1 to 2 whole numbers from 1 to 512'],
    ['hidden', [0], '[0]; allowed: a list of 1 to 2 whole numbers from 1 to 512'],
    ['trigger', 'ww/w', `"ww/w"; allowed: ${drawn}`],
    ['trigger', 'wwww', `"wwww"; allowed: ${drawn}`],
    ['trigger', 'w/w/w/w', `"w/w/w/w"; allowed: ${drawn}`],
    ['trigger', '../..', `"../.."; allowed: ${drawn}`],
    ['trigger', '<b>', `"<b>"; allowed: ${drawn}`],
    ['trigger', '', `""; allowed: ${drawn}`],
    ['trigger', 3, `3; allowed: ${drawn}`],
    ['hidden', ['8'], '["8"]; allowed: a list of 1 to 2 whole numbers from 1 to 512'],
  ])('refuse %s = %j and say what is allowed', (key, value, says) => {
    const resolve = () => resolveParams(params, { [key]: value }, 'lanes[1].attack');
    expect(resolve).toThrow(new InputError(`lanes[1].attack.${key} is ${says}`));
    expect(resolve).toThrow(InputError);
  });

  it('refuse a key that was not declared, and say which were', () => {
    expect(() => resolveParams(params, { noises: 1 }, 'attack')).toThrow(
      new InputError('attack.noises is not an option here; allowed: noise, shadows, kind, online, hidden, trigger'),
    );
    expect(() => resolveParams({}, { toString: 1 }, 'model')).toThrow('model.toString is not an option here; allowed: none');
  });

  it('show a long value by its beginning', () => {
    expect(() => resolveParams(params, { kind: 'x'.repeat(1000) }, 'attack')).toThrow(/^attack\.kind is "x{56}…; allowed/);
  });
});
