import type { SourceLocation } from '@archon-dse/core';

/** Something in the files that changes no figure, and what it would have meant; told to the user, never an error. */
export interface Note {
  readonly message: string;
  readonly location?: SourceLocation;
}

/** Collects notes in the order they are made. */
export class Notes {
  readonly list: Note[] = [];

  /** @param location - the place in a file that the note is about */
  add(message: string, location?: SourceLocation): void {
    this.list.push({ message, ...(location === undefined ? {} : { location }) });
  }
}
