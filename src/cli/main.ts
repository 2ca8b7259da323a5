/**
 * The terminal: the same lab as the page, for those who want a number tonight. With `--json`, standard output is one JSON value
 * and nothing else. Exit 0: it ran. Exit 2: the input was wrong, and one sentence says how. Exit 1: our fault.
 */
import { InputError, unknownName } from '../core/input-error.ts';

const help = `Threatloop in the terminal

  npm run -s lab -- list [--json]                     what there is, with every option
  npm run -s lab -- run NAME|FILE.json [--data PATH|URL]… [--set a.b=c]… [--spread a.b=c,d,…] [--seed N] [--seeds N]
                                 [--backend wasm|webgpu|cpu] [--threads N] [--json] [--out DIR] [--weights FILE]
      FILE.json: an experiment, a chain, or what was saved of one, on the page or with --out: it runs again as it did
      a chain, such as steal-then-invert, runs link after link at six seeds: alone, in sequence, with noise, and with each defense
      --data: on your own data instead: CSV with a column of labels, IDX, npy or npz, PNG and JPEG in one folder a class;
              files, a folder, a zip or an address
  npm run -s lab -- score lira FILE.json [--mode online|offline] [--variance fixed|per-example] [--json]
  npm run -s lab -- score rmia FILE.json [--a 0.3] [--json]
      FILE.json: { "scores": [[ln(p/(1-p)) of each example] for each model], "keep": [[1 where it was trained on]],
                   "target_index": 0, and for rmia "rmia_population_logit_scores": [[…] for each model] }
  npm run -s lab -- epsilon --noise σ --rate q --steps n --delta δ [--json]
  npm run -s lab -- answers [--backend wasm|webgpu|cpu] [--json]
      computes what PyTorch, SciPy, TensorFlow Privacy and others have computed too, and says figure by figure whether it agrees;
      exit 1 where one does not
  npm run -s lab -- bench stack|lira [--backend wasm|webgpu|cpu] [--model mlp|cnn] [--networks N] [--epochs N] [--repetitions N] [--threads N]
                                 [--python PATH] [--json]
      ours beside TF.js's own layers, and beside PyTorch where a python3 has it; minutes
  npm run -s lab -- bench language [--backend wasm|webgpu|cpu] [--json]
      how quickly the language model learns on each backend, and how quickly it reads and writes
  npm run -s lab -- pretrain [DATA…] [--backend wasm|webgpu|cpu] [--out FOLDER]
      makes the weights of the language models, with their recipe beside them, about three minutes each: into the folder, or those
      that ship with the page anew
  npm run -s lab -- record [NAME…]
      makes the recorded runs of scenarios and chains anew, which the page shows until its own have a verdict; all take ten minutes
  npm run -s lab -- catalogue [ATTACK…] [--threads N] [--page-only]
      measures attacks against their defenses at six seeds and writes docs/attacks.md; all of them take about an hour
`;

const commands: Readonly<Record<string, () => Promise<(args: readonly string[]) => Promise<void>>>> = {
  list: async () => (await import('./list.ts')).list,
  run: async () => (await import('./run.ts')).runCommand,
  score: async () => (await import('./score.ts')).score,
  epsilon: async () => (await import('./epsilon.ts')).epsilon,
  answers: async () => (await import('./answers.ts')).answers,
  bench: async () => (await import('./bench.ts')).bench,
  pretrain: async () => (await import('./pretrain.ts')).pretrainCommand,
  record: async () => (await import('./record.ts')).record,
  catalogue: async () => (await import('./catalogue.ts')).catalogue,
};

const [name = 'help', ...args] = process.argv.slice(2);
try {
  if (['help', '--help', '-h'].includes(name)) process.stdout.write(help);
  else if (args.includes('--help')) process.stdout.write(help);
  else {
    if (!Object.hasOwn(commands, name)) throw unknownName('command', name, Object.keys(commands));
    const command = await (commands[name] as (typeof commands)[string])();
    await command(args);
  }
} catch (error) {
  if (error instanceof InputError) {
    process.stderr.write(`${error.message.replace(/\s*\n\s*/g, ' ')}\n`); // what was typed may hold line breaks
    process.exitCode = 2;
  } else {
    process.stderr.write(`${error instanceof Error ? error.stack : String(error)}\n`);
    process.exitCode = 1;
  }
}
