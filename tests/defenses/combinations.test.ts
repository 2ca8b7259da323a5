import { describe, expect, it } from 'vitest';
import { dataOf } from '../../src/core/access.ts';
import { resolveExperiment } from '../../src/core/experiment.ts';
import { InputError } from '../../src/core/input-error.ts';
import { initialValues } from '../../src/core/params.ts';
import { catalog } from '../../src/lab/catalog.ts';
import { placeFor } from '../lab/small.ts';

const small = { members: 100, nonMembers: 100, population: 100, test: 100 };
const resolved = (defenses: object[], more: object = {}) =>
  resolveExperiment({ data: small, lanes: [{ name: 'defended', defenses }], ...more }, catalog);

const dataFor = { examples: small, documents: { id: 'mail' }, assistant: { id: 'castle' } };

/** An attack that passes where all of these stand, on data for it. */
function attackPast(...ids: readonly string[]): { attack: { id: string }; data: object } | undefined {
  const standing = catalog.defenses.filter(({ id }) => ids.includes(id));
  const place = placeFor(catalog.attacks, standing);
  if (!place) return undefined;
  const { attack, protection } = place;
  return {
    ...(protection && { protection }),
    attack: { id: attack.id },
    data: attack.access === 'encrypted-table' ? { ...small, id: 'hospital' } : dataFor[dataOf[attack.access]],
  };
}

/** The sentence with which it is refused. */
function refusal(defenses: object[], more: object = {}): string {
  try {
    resolved(defenses, more);
  } catch (error) {
    if (error instanceof InputError) return error.message;
    throw error;
  }
  return 'not refused';
}

const conflicts = catalog.defenses.flatMap(({ id, conflicts = {} }) =>
  Object.entries(conflicts).map(([other, reason]) => [id, other, reason] as const),
);

describe('defenses that cannot stand together', () => {
  it('are these', () => {
    expect(conflicts.map(([a, b]) => [a, b].toSorted().join(' + ')).toSorted()).toEqual([
      'adaptive-misinformation + labels-only',
      'bido + dp-sgd',
      'bido + relax-loss',
      'distillation + relax-loss',
      'dp-sgd + memguard',
      'dp-sgd + relax-loss',
      'frequency-smoothing + randomised-encryption',
      'label-smoothing + negative-label-smoothing',
      'label-smoothing + relax-loss',
      'labels-only + memguard',
      'labels-only + output-rounding',
      'labels-only + prediction-poisoning',
      'labels-only + top-k',
      'negative-label-smoothing + relax-loss',
    ]);
  });

  it.each(conflicts)('are refused in either order, with the reason: %s and %s', (a, b, reason) => {
    for (const pair of [
      [a, b],
      [b, a],
    ]) {
      const said = refusal(
        pair.map((id) => ({ id })),
        attackPast(a, b),
      );
      expect(said).toContain('lanes[0]');
      expect(said).toContain(a);
      expect(said).toContain(b);
      expect(said).toContain(reason);
    }
  });

  it('are few: all other pairs are accepted, in either order', () => {
    for (const { id: a } of catalog.defenses) {
      for (const { id: b } of catalog.defenses) {
        const named = conflicts.some((pair) => pair.includes(a) && pair.includes(b));
        const past = attackPast(a, b); // none passes both a changed answer and a changed gradient
        if (a === b || named || !past) continue;
        expect(resolved([{ id: a }, { id: b }], past).lanes[0]?.defenses.map(({ id }) => id)).toEqual([a, b]);
      }
    }
  });

  it('include twice the same', () =>
    expect(refusal([{ id: 'dropout' }, { id: 'dropout' }])).toContain('dropout is listed twice'));
});

describe('a defense is refused', () => {
  it('when early stopping would come after the end', () => {
    const at = (epochs: number) => refusal([{ id: 'early-stopping', epochs }], { training: { epochs: 10 } });
    expect(at(9)).toBe('not refused');
    expect(at(10)).toContain('it stops after 10 epochs, and training has only 10');
    expect(at(11)).toContain('it stops after 11 epochs, and training has only 10');
  });

  it('when dropout finds no hidden units', () => {
    const on = (id: string) => refusal([{ id: 'dropout' }], { model: { id } });
    expect(on('softmax')).toContain('softmax regression has no hidden units');
    expect(on('mlp')).toBe('not refused');
    expect(on('cnn')).toBe('not refused');
  });

  it.each(['distillation', 'memguard'])('when %s finds fewer than 100 public examples', (id) => {
    const leaving = (rest: number) => refusal([{ id }], { data: { ...small, id: 'mnist', test: 10000 - 300 - rest } });
    expect(leaving(100)).toBe('not refused');
    expect(leaving(90)).toContain(`${id} needs at least 100 public examples, and this split leaves 90`);
    expect(leaving(0)).toContain('leaves 0');
  });
});

describe('a defense that is only named', () => {
  it.each(catalog.defenses.map(({ id, params }) => [id, params] as const))('has its initial options: %s', (id, params) => {
    expect(resolved([{ id }], attackPast(id)).lanes[0]?.defenses).toEqual([{ id, ...initialValues(params) }]);
  });
});
