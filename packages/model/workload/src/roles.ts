/**
 * The roles that decide something. Every other role is a name for people: costs and pruning go by what a layer computes and by its block.
 * All names in use are in the table of docs/guide/contracts/network.md.
 */

/** The three convolutions of a bottleneck. A block with one of each, in a chain, may be fused, and its ReLUs predicted. */
export const BOTTLENECK_ROLES: readonly string[] = ['expand', 'depthwise', 'project'];

/** Layers of squeeze-and-excite: never pruned, with starting values and a weight decay of their own. */
export const SQUEEZE_ROLE = 'squeeze';
