/** The confidences of TF Privacy's fixture: 32 shadow models and the target. */
import inputs from '../../reference/lira_fixture_inputs.json' with { type: 'json' };

const others = <T>(rows: readonly T[]) => rows.filter((_, k) => k !== inputs.target_index);
const probability = (logit: number) => 1 / (1 + Math.exp(-logit));
const scores = inputs.scores.map((row) => Float64Array.from(row));
const population = inputs.rmia_population_logit_scores.map((row) => Float64Array.from(row, probability));

export const fixture = {
  target: scores[inputs.target_index] as Float64Array,
  isMember: inputs.keep[inputs.target_index] as number[],
  shadows: others(scores),
  sees: others(inputs.keep),
  population: { target: population[inputs.target_index] as Float64Array, shadows: others(population) },
};

export const probabilities = (logits: Float64Array) => logits.map(probability);
