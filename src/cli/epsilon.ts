/** `epsilon`: what a training with DP-SGD guarantees. */
import { InputError } from '../core/input-error.ts';
import { epsilonOf } from '../metrics/accountant.ts';
import { printJson } from './files.ts';
import { parseFlags } from './flags.ts';

export async function epsilon(args: readonly string[]): Promise<void> {
  const flags = parseFlags(args, ['noise', 'rate', 'steps', 'delta'], ['json'], 0);
  const needed = (name: string, check: Parameters<typeof flags.number>[1]) => {
    const value = flags.number(name, check);
    if (value === undefined) throw new InputError(`--${name} is missing; epsilon needs --noise, --rate, --steps and --delta`);
    return value;
  };
  const noise = needed('noise', { min: 1e-6, max: 1e6 });
  const rate = needed('rate', { min: 0, max: 1 });
  const steps = needed('steps', { min: 0, max: 1e9, integer: true });
  const delta = needed('delta', { min: 1e-300, max: 0.999999 });
  const loss = epsilonOf(noise, rate, steps, delta);
  if (flags.has('json')) printJson(loss);
  else {
    process.stdout.write(
      `ε = ${loss.epsilon.toFixed(4)} at δ = ${delta} (RDP accountant, order ${loss.order}, σ = ${noise}, q = ${rate}, ${steps} steps, Poisson sampling)\n`,
    );
  }
}
