import {
  bitsOf,
  didYouMean,
  fail,
  type Density,
  type Layer,
  type Network,
  type Precision,
  unpackMask,
  type WeightMask,
  type Workload,
} from '@archon-dse/core';

const FINDINGS = { density: 'densities', mask: 'masks', precision: 'precisions' } as const;

/** Refuses figures for layers the network does not have. */
export function checkNames(
  network: Network,
  what: keyof typeof FINDINGS,
  byLayer: Readonly<Record<string, unknown>>,
): void {
  const names = new Set(network.layers.map((layer) => layer.name));
  for (const name of Object.keys(byLayer)) {
    if (names.has(name)) continue;
    fail({
      code: 'ARCHON_NETWORK_INVALID',
      message: `a ${what} is given for "${name}", which is no layer of network "${network.id}"`,
      expected: `${FINDINGS[what]} by layer name`,
    });
  }
}

const DATA_SPACES: readonly string[] = ['inputs', 'weights', 'outputs'] satisfies readonly (keyof Density)[];

function checkDataSpace(what: keyof typeof FINDINGS, layer: string, dataSpace: string): void {
  if (DATA_SPACES.includes(dataSpace)) return;
  const hint = didYouMean(dataSpace, DATA_SPACES);
  fail({
    code: 'ARCHON_NETWORK_INVALID',
    message: `a ${what} of the "${dataSpace}" of layer "${layer}" is given`,
    expected: `one of: ${DATA_SPACES.join(', ')}`,
    path: `${FINDINGS[what]}["${layer}"].${dataSpace}`,
    layer,
    ...(hint === undefined ? {} : { hint }),
  });
}

/** Refuses formats there are none of, and of nothing that a layer has. */
export function checkPrecisions(precisions: Readonly<Record<string, Precision>>): void {
  for (const [layer, precision] of Object.entries(precisions)) {
    for (const [dataSpace, format] of Object.entries(precision)) {
      checkDataSpace('precision', layer, dataSpace);
      bitsOf(format);
    }
  }
}

/** Refuses shares outside 0..1, and of nothing that a layer has. */
export function checkDensities(densities: Readonly<Record<string, Density>>): void {
  for (const [layer, density] of Object.entries(densities)) {
    for (const [dataSpace, share] of Object.entries(density)) {
      checkDataSpace('density', layer, dataSpace);
      if (share >= 0 && share <= 1) continue;
      fail({
        code: 'ARCHON_NETWORK_INVALID',
        message: `the density of the ${dataSpace} of layer "${layer}" is ${String(share)}`,
        expected: 'a share from 0 to 1',
        path: `densities["${layer}"].${dataSpace}`,
        layer,
      });
    }
  }
}

/** Refuses a mask that does not hold one bit for each weight of the layer, and of a layer whose workloads no mask can be told of. */
export function checkMask({ name, op }: Layer, { problem: { C, M, R, S }, groups }: Workload, mask: WeightMask): void {
  if (op === 'matmul' || op === 'batchMatmul' || op === 'transposedConv') {
    fail({
      code: 'ARCHON_NETWORK_INVALID',
      message: `a mask is given for layer "${name}", a ${op}`,
      expected: 'masks of conv, depthwise and dense layers',
      path: `masks["${name}"]`,
      layer: name,
    });
  }
  const expected = [M * groups, C, R, S].join(' x ');
  if (mask.shape.join(' x ') !== expected) {
    fail({
      code: 'ARCHON_NETWORK_INVALID',
      message: `the mask of layer "${name}" is ${mask.shape.join(' x ')}`,
      expected: `${expected}: output channels, input channels of one group, kernel rows and columns`,
      path: `masks["${name}"].shape`,
      layer: name,
    });
  }
  unpackMask(mask);
}
