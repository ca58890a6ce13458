/** Packages every command loads, by name and through the same loader as third-party plugins. */
export const BUILTIN_PLUGINS: readonly string[] = ['@archon-dse/net-mobilenetv2', '@archon-dse/accel-dense'];
