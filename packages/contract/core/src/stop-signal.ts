/** Tells work that takes long whether the user asked it to stop. An `AbortSignal` is one. */
export interface StopSignal {
  readonly aborted: boolean;
}
