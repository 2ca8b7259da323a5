import { describe, expect, it } from 'vitest';
import { setAll, spreadOf } from '../../src/cli/settings.ts';

const experiment = { attack: { id: 'lira' }, lanes: [{ name: 'a' }], seed: 1 };

describe('--set', () => {
  it('sets a value anywhere, making what is missing on the way', () => {
    const settings = [
      'seed=3',
      'attack.shadowModels=8',
      'lanes.0.defenses.0.id=dropout',
      'lanes.1.name=b',
      'model.hidden=[64,32]',
    ];
    expect(setAll(experiment, settings)).toEqual({
      attack: { id: 'lira', shadowModels: 8 },
      lanes: [{ name: 'a', defenses: [{ id: 'dropout' }] }, { name: 'b' }],
      seed: 3,
      model: { hidden: [64, 32] },
    });
  });

  it('reads JSON where it is JSON and text otherwise, and splits at the first equals sign', () => {
    const values = setAll({}, ['a=true', 'b=1e3', 'c=offline', 'd=x=y', 'e="8"', 'f=', 'g=[1']) as Record<string, unknown>;
    expect(values).toEqual({ a: true, b: 1000, c: 'offline', d: 'x=y', e: '8', f: '', g: '[1' });
  });

  it('reaches nothing but the experiment', () => {
    setAll({}, ['constructor.prototype.reached=1', 'toString.reached=1']);
    expect(Object.hasOwn(Object.prototype, 'reached')).toBe(false);
    expect(Object.hasOwn(Object.prototype.toString, 'reached')).toBe(false);
  });

  it('leaves the experiment that it was given alone: scenarios are shared', () => {
    const before = structuredClone(experiment);
    setAll(experiment, ['seed=3', 'lanes.0.name=z']);
    expect(experiment).toEqual(before);
  });
});

describe('spreadOf', () => {
  it('reads a path and its values, as JSON where they are', () => {
    expect(spreadOf([])).toBeUndefined();
    expect(spreadOf(['training.epochs=5,10'])).toEqual({ path: 'training.epochs', values: [5, 10] });
    expect(spreadOf(['model.hidden=[64],[128,32]'])).toEqual({ path: 'model.hidden', values: [[64], [128, 32]] });
    expect(spreadOf(['attack.mode=online,offline'])).toEqual({ path: 'attack.mode', values: ['online', 'offline'] });
  });
});
