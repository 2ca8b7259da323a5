/** A small convolutional network: twice (3 × 3 convolution, ReLU, 2 × 2 maximum), then one or two dense layers. */
import { defineModel } from '../src/core/model.ts';
import { count } from '../src/core/params.ts';

export default defineModel({
  id: 'cnn',
  title: 'Convolutional network',
  says: 'Two 3 × 3 convolutions with pooling and a dense layer: sees shapes rather than pixels.',
  params: {
    channels: count({
      label: 'Channels',
      says: 'Feature maps of the first convolution; the second has twice as many.',
      min: 1,
      max: 32,
      step: 1,
      initial: 8,
    }),
    dense: count({
      label: 'Dense units',
      says: 'Units of a hidden layer between the pictures and the classes; 0 for none.',
      min: 0,
      max: 256,
      step: 1,
      initial: 0,
    }),
  },
  refuses: (shape) =>
    shape.length === 3 && (shape[0] as number) >= 4 && (shape[1] as number) >= 4
      ? undefined
      : `a convolution needs pictures of at least 4 × 4 pixels, and one example here has shape [${shape.join(', ')}]`,
  build: ({ channels, dense }, shape, classes) => {
    const [height, width, inputs] = shape as [number, number, number];
    const [halfHeight, halfWidth] = [height >> 1, width >> 1];
    const features = (halfHeight >> 1) * (halfWidth >> 1) * 2 * channels;
    return {
      layers: [
        { kind: 'convolution', inputs: 9 * inputs, outputs: channels, positions: height * width },
        { kind: 'convolution', inputs: 9 * channels, outputs: 2 * channels, positions: halfHeight * halfWidth },
        ...(dense ? ([{ kind: 'dense', inputs: features, outputs: dense, positions: 1 }] as const) : []),
        { kind: 'dense', inputs: dense || features, outputs: classes, positions: 1 },
      ],
      dropoutSites: [dense || features],
      forward(pass, images) {
        let x = pass.maxPool(pass.linear(0, images, 'relu'));
        x = pass.maxPool(pass.linear(1, x, 'relu'));
        x = pass.flatten(x);
        if (dense) x = pass.linear(2, x, 'relu');
        return pass.linear(dense ? 3 : 2, pass.dropout(0, x), 'none');
      },
    };
  },
});
