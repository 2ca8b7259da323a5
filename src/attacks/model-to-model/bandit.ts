/**
 * Which kind of question pays? A gradient bandit (Orekondy et al. 2019, section 4.1): it holds a preference for every kind, asks by
 * chance in proportion to e^preference, and raises the preference of a kind whose answers are worth more than answers were of late.
 */
import type { Probabilities } from '../../core/access.ts';
import type { Random } from '../../core/random.ts';
import { mean } from '../../core/statistics.ts';

/** How many rewards, and how many answers, count as of late. */
const window = 50;

export class Bandit {
  private readonly preferences: Float64Array;
  private readonly rewards: number[] = [];
  private readonly answers: Float32Array[] = [];
  private readonly random: Random;

  constructor(kinds: number, random: Random) {
    this.preferences = new Float64Array(kinds);
    this.random = random;
  }

  /** The probability with which each kind is asked next. */
  policy(): Float64Array {
    const largest = Math.max(...this.preferences);
    const weights = this.preferences.map((preference) => Math.exp(preference - largest));
    const sum = weights.reduce((total, weight) => total + weight, 0);
    return weights.map((weight) => weight / sum);
  }

  /** One of the kinds that are left. */
  draw(left: (kind: number) => boolean): number {
    const policy = this.policy().map((share, kind) => (left(kind) ? share : 0));
    let at = this.random.uniform() * policy.reduce((sum, share) => sum + share, 0);
    for (const [kind, share] of policy.entries()) {
      at -= share;
      if (at < 0 && share > 0) return kind;
    }
    return policy.findLastIndex((share) => share > 0);
  }

  /** Learns what a question of that kind was worth. */
  reward(kind: number, worth: number): void {
    const usual = this.rewards.length ? mean(this.rewards.slice(-window)) : 0;
    this.rewards.push(worth);
    const policy = this.policy();
    for (let k = 0; k < policy.length; k++) {
      const direction = (k === kind ? 1 : 0) - (policy[k] as number);
      this.preferences[k] = (this.preferences[k] as number) + (worth - usual) * direction;
    }
  }

  /**
   * What an answer is worth, from 0 to 1: the mean of how sure the model is, how unlike its last answers this one is, and how wrong the
   * copy still was about it.
   */
  worthOf(row: number, { values, classes }: Probabilities, copied: Probabilities): number {
    const answer = values.slice(row * classes, (row + 1) * classes);
    this.answers.push(answer);
    const late = this.answers.slice(-window);
    const [first, second] = [...answer].sort((a, b) => b - a) as [number, number];
    let [unlike, wrong] = [0, 0];
    for (let c = 0; c < classes; c++) {
      const usual = late.reduce((sum, one) => sum + (one[c] as number), 0) / late.length;
      unlike += Math.max(0, (answer[c] as number) - usual);
      wrong -= (answer[c] as number) * Math.log(Math.max(1e-9, copied.values[row * classes + c] as number));
    }
    return (first - second + unlike + Math.min(1, wrong / Math.log(classes))) / 3;
  }
}
