/** Something that cannot be done as it was asked for, in words for people: what is wrong, and what would be right. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly expected: string;

  constructor(message: string, expected: string) {
    super(message);
    this.expected = expected;
  }
}
