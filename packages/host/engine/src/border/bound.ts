type Call = (...given: readonly unknown[]) => unknown;

/** A function of a plugin, bound to the object it came from; nothing of the function is asked for, not even `bind`. */
export function bound(call: unknown, self: object): Call {
  return (...given) => Reflect.apply(call as Call, self, given);
}
