/**
 * What other implementations say: the very files that the tests compare with, each with the script beside it that made it, so that there is
 * one copy. They are in files of their own and come when a check asks for them. Nothing else in `src` reads what belongs to the tests.
 */
export const references = {
  'auc_ties.json': () => import('../../tests/reference/auc_ties.json', { with: { type: 'json' } }),
  'ci_watermark.json': () => import('../../tests/reference/ci_watermark.json', { with: { type: 'json' } }),
  'clusters.json': () => import('../../tests/reference/clusters.json', { with: { type: 'json' } }),
  'descent.json': () => import('../../tests/reference/descent.json', { with: { type: 'json' } }),
  'dp_accountant.json': () => import('../../tests/reference/dp_accountant.json', { with: { type: 'json' } }),
  'exposure.json': () => import('../../tests/reference/exposure.json', { with: { type: 'json' } }),
  'forward_backward.json': () => import('../../tests/reference/forward_backward.json', { with: { type: 'json' } }),
  'frequency_analysis.json': () => import('../../tests/reference/frequency_analysis.json', { with: { type: 'json' } }),
  'gradients.json': () => import('../../tests/reference/gradients.json', { with: { type: 'json' } }),
  'hsic.json': () => import('../../tests/reference/hsic.json', { with: { type: 'json' } }),
  'lira_fixture_inputs.json': () => import('../../tests/reference/lira_fixture_inputs.json', { with: { type: 'json' } }),
  'lira_reference.json': () => import('../../tests/reference/lira_reference.json', { with: { type: 'json' } }),
  'metrics.json': () => import('../../tests/reference/metrics.json', { with: { type: 'json' } }),
  'mnist_order.json': () => import('../../tests/reference/mnist_order.json', { with: { type: 'json' } }),
  'pictures.json': () => import('../../tests/reference/pictures.json', { with: { type: 'json' } }),
  'processing.json': () => import('../../tests/reference/processing.json', { with: { type: 'json' } }),
  'self-test.json': () => import('../../tests/reference/self-test.json', { with: { type: 'json' } }),
  'statistics.json': () => import('../../tests/reference/statistics.json', { with: { type: 'json' } }),
  'streams.json': () => import('../../tests/reference/streams.json', { with: { type: 'json' } }),
  'tests-of-samples.json': () => import('../../tests/reference/tests-of-samples.json', { with: { type: 'json' } }),
  'transformer.json': () => import('../../tests/reference/transformer.json', { with: { type: 'json' } }),
};

export type ReferenceName = keyof typeof references;
export type Reference<Name extends ReferenceName> = Awaited<ReturnType<(typeof references)[Name]>>['default'];
