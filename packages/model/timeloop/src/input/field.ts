import { describe, type Node, type ParsedText } from '@archon-dse/config';
import { hintOf, type Diagnostic, type ErrorCode, type SourceLocation } from '@archon-dse/core';

/** What a mistake says beside its message. */
type Advice = Pick<Diagnostic, 'expected' | 'hint'>;

/** Keys with hyphens, as Timeloop had them until 2022, are those with underscores. */
const plainKey = (key: string): string => key.replaceAll('-', '_');

/** A value of a Timeloop file with its place, read with the mistakes it may have. Keys count as equal with hyphens and underscores. */
export class Field {
  readonly node: Node;
  private readonly problems: ParsedText['problems'];

  constructor(node: Node, problems: ParsedText['problems']) {
    this.node = node;
    this.problems = problems;
  }

  /** Its path in the file in words. */
  get name(): string {
    return this.node.path === '' ? 'the file' : this.node.path;
  }

  get location(): SourceLocation {
    return this.problems.locate(this.node);
  }

  /** The value of a key, if this is a map that has it; the first of the names that is there. */
  get(...names: readonly string[]): Field | undefined {
    return names.map((name) => this.entries().find(([key]) => key === name)?.[1]).find((found) => found !== undefined);
  }

  /** Like `get`, and a mistake where there is none. */
  need(...names: readonly string[]): Field {
    return this.get(...names) ?? this.fail(`${this.name} has no ${names[0] ?? ''}`, { expected: names.join(' or ') });
  }

  /** The entries of a map, with plain keys; none of anything else. */
  entries(): readonly (readonly [key: string, value: Field])[] {
    if (this.node.kind !== 'map') return [];
    return [...this.node.entries].map(([key, { value }]) => [plainKey(key), this.at(value)]);
  }

  /** The items of a list. A mistake for anything else. */
  items(): readonly Field[] {
    if (this.node.kind === 'list') return this.node.items.map((item) => this.at(item));
    return this.fail(`${this.name} is ${describe(this.node)}`, { expected: 'a list' });
  }

  get isList(): boolean {
    return this.node.kind === 'list';
  }

  get isMap(): boolean {
    return this.node.kind === 'map';
  }

  /** Whether nothing is given: no value, `null`, or a list or map without entries. */
  get isEmpty(): boolean {
    if (this.node.kind === 'scalar') return this.node.value === null;
    return this.node.kind === 'list' ? this.node.items.length === 0 : this.node.entries.size === 0;
  }

  /** The scalar it is, or nothing of a list, a map and an empty value. */
  get scalar(): string | number | boolean | undefined {
    return this.node.kind === 'scalar' ? (this.node.value ?? undefined) : undefined;
  }

  text(): string {
    const { scalar } = this;
    if (scalar !== undefined) return String(scalar);
    return this.fail(`${this.name} is ${describe(this.node)}`, { expected: 'a text' });
  }

  /** A whole number. @param least - smallest that is allowed */
  integer(least = 1): number {
    const { scalar } = this;
    if (typeof scalar === 'number' && Number.isSafeInteger(scalar) && scalar >= least) return scalar;
    return this.fail(`${this.name} is ${describe(this.node)}`, { expected: `a whole number of ${least} or more` });
  }

  /** A number above or equal to `least`. */
  number(least = 0): number {
    const { scalar } = this;
    if (typeof scalar === 'number' && scalar >= least) return scalar;
    return this.fail(`${this.name} is ${describe(this.node)}`, { expected: `a number of ${least} or more` });
  }

  /** A map whose keys are all among `known`; others are mistakes, told with the rest. */
  only(known: readonly string[]): this {
    if (this.node.kind !== 'map') return this.fail(`${this.name} is ${describe(this.node)}`, { expected: 'a map' });
    for (const [key, { key: place }] of this.node.entries) {
      if (known.includes(plainKey(key))) continue;
      this.problems.add(place, {
        code: 'ARCHON_TIMELOOP_UNKNOWN_KEY',
        message: `${this.name} has no key "${key}"`,
        expected: `one of: ${known.join(', ')}`,
        ...hintOf(plainKey(key), known),
      });
    }
    return this;
  }

  /** The same place with another value, such as the one of the expression that stands there. */
  become(value: string | number): Field {
    const { path, span, label } = this.node;
    return new Field({ path, span, label, kind: 'scalar', value }, this.problems);
  }

  /** Ends the reading: what stands here is wrong. Keys of the file that nobody knows are told instead, as its likely cause. */
  fail(message: string, advice: Advice = {}, code: ErrorCode = 'ARCHON_TIMELOOP_INVALID'): never {
    this.problems.throwIfAny();
    return this.problems.stop(this.node, { code, message, ...advice });
  }

  /** Ends the reading: what stands here is Timeloop's, and has no meaning in our model. */
  refuse(message: string, hint?: string): never {
    return this.fail(message, hint === undefined ? {} : { hint }, 'ARCHON_TIMELOOP_UNSUPPORTED');
  }

  /** Tells the mistakes of the file that were only collected. */
  finish(): void {
    this.problems.throwIfAny();
  }

  private at(node: Node): Field {
    return new Field(node, this.problems);
  }
}
