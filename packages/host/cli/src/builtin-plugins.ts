/** Packages every command loads, by name and through the same loader as third-party plugins. */
export const BUILTIN_PLUGINS: readonly string[] = [
  '@archon-dse/net-mobilenetv2',
  '@archon-dse/net-mnasnet',
  '@archon-dse/net-shufflenet',
  '@archon-dse/net-fusionet',
  '@archon-dse/net-convnext',
  '@archon-dse/net-vit',
  '@archon-dse/net-mlp-mixer',
  '@archon-dse/net-file',
  '@archon-dse/stages',
  '@archon-dse/strategies',
  '@archon-dse/accel-dense',
  '@archon-dse/accel-sparse',
  '@archon-dse/accel-archon',
  '@archon-dse/accel-spatial',
];
