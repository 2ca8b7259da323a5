/**
 * Asks a device for a gradient whose value is known. Some devices return zeros for every gradient on WebGPU (tfjs#8590), and a
 * model that silently does not learn makes every defense look perfect: such a device is not used.
 */
import * as tf from '@tensorflow/tfjs';
import type { Architecture } from '../core/model.ts';
import { mulberry32 } from '../core/random.ts';
import { meanGradients } from './gradients.ts';
import { crossEntropyGradient } from './loss.ts';
import { stackWeights } from './parameters.ts';

/** A multilayer perceptron 6-5-3 on four examples; PyTorch's gradient of the mean loss, in float64, in the order of our parameters. */
const [inputs, hidden, classes, examples] = [6, 5, 3, 4];
const expected = [
  0.144572875, -0.0483636514, 0.117525825, 0.0116972083, -0.0607445202, -0.0959336884, 0.0617128442, 0.121070844, 0.0252858077,
  -0.0330913059, -0.0603150302, -0.0375917083, 0.257797562, 0.0299787252, -0.101027029, 0.0341802794, -0.0470004479, 0.238803586,
  0.024629056, -0.0979744635, -0.084998148, -0.00862879797, -0.0415121889, 0.00958433486, 0.00195431202, -0.00835648036,
  -0.0436435109, 0.0993277027, 0.01881981, -0.055158016, -0.172320598, 0.0287577451, 0.195279063, 0.0618654487, -0.0937853944,
  -0.165172078, 0.137203286, 0.0279687925, -0.181493567, 0.0810955767, 0.10039799, -0.325253279, 0.100429497, 0.224823783,
  -0.232688401, 0.156856817, 0.0758315837, -0.236227567, 0.0450286292, 0.191198938, -0.280151861, 0.0569382879, 0.223213573,
];
const architecture: Architecture = {
  layers: [
    { kind: 'dense', inputs, outputs: hidden, positions: 1 },
    { kind: 'dense', inputs: hidden, outputs: classes, positions: 1 },
  ],
  dropoutSites: [],
  forward: (pass, x) => pass.linear(1, pass.linear(0, x, 'relu'), 'none'),
};
/** Single precision on so few terms is good to 1e-6; a wrong kernel is off by much more. */
const tolerance = 1e-4;

/** Why the current backend's gradients cannot be trusted, or undefined where they can. */
export async function gradientFault(): Promise<string | undefined> {
  const uniform = mulberry32(7);
  const draw = (count: number) => Float32Array.from({ length: count }, () => 2 * uniform() - 1);
  const weights = draw(expected.length);
  const x = draw(examples * inputs);
  const gradient = tf.tidy(() => {
    const batch = {
      inputs: tf.tensor3d(x, [1, examples, inputs]),
      targets: tf
        .oneHot(tf.tensor1d([0, 1, 2, 0], 'int32'), classes)
        .toFloat()
        .reshape([1, examples, classes]) as tf.Tensor3D,
      weights: tf.fill([1, examples, 1], 1 / examples) as tf.Tensor3D,
    };
    return tf.concat(
      meanGradients(architecture, stackWeights(architecture, [weights]), batch, crossEntropyGradient).map((part) =>
        part.flatten(),
      ),
    );
  });
  const got = await gradient.data();
  gradient.dispose();
  const worst = expected.reduce((most, value, i) => Math.max(most, Math.abs(value - (got[i] as number))), 0);
  if (got.every((value) => value === 0)) return 'its gradients are all zero';
  return worst <= tolerance ? undefined : `its gradients are off by ${worst.toPrecision(2)}`;
}
