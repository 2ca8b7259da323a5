/** The experiment of `reference/poisoning.json`: 4,000 digits are learned, and 500 clean ones are the defender's. */
export const poisoningExperiment = {
  data: { id: 'mnist', members: 4000, nonMembers: 0, population: 100, test: 2000 },
  model: { id: 'mlp', hidden: [128] },
  training: { optimizer: 'adam', learningRate: 0.001, batchSize: 64, epochs: 20 },
  attack: { id: 'badnets', rate: 0.01 },
  lanes: [{ name: 'undefended', defenses: [] as object[] }],
  seed: 1,
};
