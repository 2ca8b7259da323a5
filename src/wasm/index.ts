/**
 * The kernels that run without a GPU, in AssemblyScript: TypeScript's syntax with WebAssembly's types, compiled to one small
 * module that works in TF.js's own memory. Every function takes addresses in bytes and sizes in values, allocates nothing
 * and keeps nothing, so the module has no state. `npm run setup` compiles it into src/stack/compiled.ts.
 */
export { adam, columnSums, momentum, reluGradient, sgd } from './elementwise';
export { addNormals } from './noise';
export { folded, maxPool, maxPoolGradient, patches } from './pictures';
export { multiply, transpose } from './products';
export { addTo, attend, normalize, rotate } from './reading';
