/** TODO */
/** The usual alignment is the same whatever the experiment's seed, as is the model that it begins with. */
export const alignmentSeed = 'castle/alignment';
