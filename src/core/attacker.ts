/** What an attacker has besides access: what she knows, and what she can train. */
import type { Probabilities } from './access.ts';
import type { Decoder } from './decoder.ts';
import type { LaneEvent } from './event.ts';
import type { Examples } from './examples.ts';
import type { Exchange, Forbidden, Secret } from './language.ts';
import type { OwnNetwork, OwnTraining } from './network.ts';
import type { Random } from './random.ts';
import type { Column } from './table.ts';
import type { ModelChoice, TrainingPlan, Weights } from './training.ts';
import type { Speller } from './words.ts';

/** Models that the attacker trained with the victim's recipe. */
export interface ShadowModels {
  readonly count: number;
  /** Every shadow model's answers to the same inputs. */
  probabilities(inputs: Float32Array<ArrayBuffer>): Promise<Probabilities[]>;
}

export interface AttackContext {
  /** The examples whose membership is in question, members and non-members shuffled together. */
  readonly candidates: Examples;
  /** Other examples of the same distribution, none of them a candidate. */
  readonly population: Examples;
  /** Examples of the same kind and of other classes than the victim's, where the dataset has them. */
  readonly others: Examples;
  /** In a chain: what an attack before this one got out of a model, a picture with a label each; none where it got nothing. */
  readonly pictures?: Examples;
  /** Shape of one input. */
  readonly shape: readonly number[];
  readonly classes: number;
  /** The victim's architecture, and how it is trained. */
  readonly model: ModelChoice;
  readonly plan: TrainingPlan;
  readonly random: Random;
  /** What the model answered when others asked about their private examples, the first so many members: the attacker sees no input. */
  overhear(count: number): Promise<Probabilities>;
  /**
   * Trains shadow models as the target was trained, defenses of training included: the attacker knows the recipe.
   * @param examples what they are trained on
   * @param members for each model, the rows of `examples` that it sees
   * @param first the number of the first of them, so that models of a second call are others
   */
  trainShadowModels(
    examples: Examples,
    members: readonly Int32Array<ArrayBuffer>[],
    first: number,
  ): AsyncGenerator<LaneEvent, ShadowModels>;
  /** Trains one network of the attacker's own. @throws Diverged */
  trainNetwork(training: OwnTraining): AsyncGenerator<LaneEvent, OwnNetwork>;
  /** A network of the attacker's own that has weights already, such as a part of one that she trained. */
  network(built: Pick<OwnTraining, 'model' | 'shape' | 'outputs'>, weights: Weights): OwnNetwork;
}

/** What whoever reads a language model's secrets out of it has besides access. */
export interface ExtractionContext {
  /** Whose secrets are in question and how they are told, those of people whose secret was never told among them. */
  readonly secrets: readonly Omit<Secret, 'repetitions'>[];
  readonly codeSpace: number;
  /** The model that this one began as, before it saw anything private. */
  readonly publicModel: Decoder;
  readonly random: Random;
}

/** What whoever wants an assistant to tell what it must not has besides access. */
export interface AssistantContext {
  /** What she knows already, so that she can show what she wants. */
  readonly owned: readonly Forbidden[];
  /** The names of what she wants to be told. */
  readonly wanted: readonly string[];
  /** Ways to ask. */
  readonly questions: readonly ((name: string) => string)[];
  /** Prompts by which other codes were told before, for any name. */
  readonly worked?: readonly ((name: string) => string)[];
  /** How a willing assistant would tell a code, and what it says before it. */
  readonly telling: (code: string) => string;
  readonly opening: string;
  readonly refusal: string;
  /** What anybody may ask, with its answers. */
  readonly benign: readonly Exchange[];
  /** Characters that a prompt and its answer may have together. */
  readonly length: number;
  readonly random: Random;
}

/** What whoever attacks protected data has besides it. */
export interface ProtectedContext {
  /** Plain examples that are not among the protected ones: public pictures, the table of another year. */
  readonly auxiliary: Examples;
  /** Shape of one plain example. */
  readonly shape: readonly number[];
  /** Of a table: what its columns hold. */
  readonly columns: readonly Column[];
  readonly classes: number;
  /** The architecture of whoever learns from such data, and how it is trained. */
  readonly model: ModelChoice;
  readonly plan: TrainingPlan;
  readonly random: Random;
  /** Trains one network of the attacker's own. @throws Diverged */
  trainNetwork(training: OwnTraining): AsyncGenerator<LaneEvent, OwnNetwork>;
}

/** What whoever wants to get rid of a text's mark has besides it. */
export interface RewritingContext {
  /** A language model without a mark: the public one, with which the owner began too. */
  readonly publicModel: Speller;
  /** What that model learned its language from. */
  readonly publicTexts: readonly string[];
  readonly random: Random;
}

export interface Contexts {
  labels: AttackContext;
  probabilities: AttackContext;
  gradients: AttackContext;
  'shared-gradients': AttackContext;
  'training-data': AttackContext;
  tokens: ExtractionContext;
  prompts: AssistantContext;
  'prompt-probabilities': AssistantContext;
  'prompt-gradients': AssistantContext;
  'fine-tuning': AssistantContext;
  'encrypted-table': ProtectedContext;
  'encrypted-pictures': ProtectedContext;
  encodings: ProtectedContext;
  'marked-pictures': ProtectedContext;
  'marked-texts': RewritingContext;
}
