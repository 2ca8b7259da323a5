/** What differential privacy guarantees, and how much easier a secret is to guess. */
import { epsilonOf } from '../metrics/accountant.ts';
import { exposureAmong, exposureUnder, fitSkewNormal } from '../metrics/exposure.ts';
import { epsilonAtOrder, rdpOfStep } from '../metrics/rdp.ts';
import { against, type Check } from './check.ts';

const family = 'Privacy accounting';

const sameSeries = 'the same series in the same precision';

const ascending = (values: readonly number[]) => [...values].sort((a, b) => a - b);

export const privacyChecks: readonly Check[] = [
  against('dp_accountant.json', {
    id: 'epsilon-opacus',
    family,
    says: 'ε of three trainings with DP-SGD, and the order at which it is found.',
    source: 'Opacus 4d0ebc84, RDP accountant',
    allowed: { within: 1e-9, of: 'figure', because: sameSeries },
    ours: ({ cases }) =>
      cases.flatMap(({ sigma, q, steps, delta }) => {
        const { epsilon, order } = epsilonOf(sigma, q, steps, delta);
        return [epsilon, order];
      }),
    theirs: ({ cases }) => cases.flatMap(({ opacus_rdp_eps, opacus_rdp_alpha }) => [opacus_rdp_eps, opacus_rdp_alpha]),
  }),
  against('dp_accountant.json', {
    id: 'epsilon-tf-privacy',
    family,
    says: 'ε of the same trainings at whole orders, and the divergences of orders 2, 8 and 32.',
    source: 'TensorFlow Privacy 03035d5, RDP accountant',
    allowed: { within: 1e-9, of: 'figure', because: sameSeries },
    ours: ({ cases }) =>
      cases.flatMap(({ sigma, q, steps, delta, tf_alpha }) => [
        epsilonAtOrder(steps * rdpOfStep(q, sigma, tf_alpha), tf_alpha, delta),
        ...[2, 8, 32].map((order) => steps * rdpOfStep(q, sigma, order)),
      ]),
    theirs: ({ cases }) =>
      cases.flatMap(({ tfprivacy_old_rdp_eps_int_orders, rdp_at_orders_2_8_32 }) => [
        tfprivacy_old_rdp_eps_int_orders,
        ...rdp_at_orders_2_8_32,
      ]),
  }),
  against('metrics.json', {
    id: 'renyi',
    family,
    says: 'Rényi’s divergence of one noisy step, at ten settings of rate, noise and order.',
    source: 'its definition, integrated by SciPy 1.10',
    allowed: { within: 1e-8, of: 'figure', because: 'the integral is known to 1e-13, and the smallest divergence is 2e-5' },
    ours: ({ renyi }) => renyi.map(([q, sigma, order]) => rdpOfStep(q as number, sigma as number, order as number)),
    theirs: ({ renyi }) => renyi.map((row) => row.at(-1) as number),
  }),
  against('exposure.json', {
    id: 'exposure-rank',
    family,
    says: 'The exposure of six secrets by their rank among 1,000 others, in bits.',
    source: 'TensorFlow Privacy 03035d5, interpolation',
    allowed: { within: 1e-12, of: 'difference', because: 'rounding of a logarithm' },
    // It gives them back in the order of their perplexities.
    ours: ({ reference, secrets }) =>
      [secrets['1'], secrets['10']].flatMap((some) => ascending(some).map((one) => exposureAmong(reference, one))),
    theirs: ({ interpolation }) => [...interpolation['1'], ...interpolation['10']],
  }),
  against('exposure.json', {
    id: 'exposure-skew-normal',
    family,
    says: 'Their exposure beyond the 1,000, by a skew-normal curve fitted to them.',
    source: 'TensorFlow Privacy 03035d5, extrapolation',
    allowed: { within: 1e-3, of: 'difference', because: 'either search for the best curve stops where it is near enough' },
    ours: ({ reference, secrets }) => {
      const fitted = fitSkewNormal(reference);
      return [...secrets['1'], ...secrets['10']].map((one) => exposureUnder(fitted, one));
    },
    theirs: ({ extrapolation }) => [...extrapolation['1'], ...extrapolation['10']],
  }),
];
