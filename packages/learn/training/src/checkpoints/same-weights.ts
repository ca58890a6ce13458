import { fail, type Network } from '@archon-dse/core';
import { planModel } from '@archon-dse/tensor';
import { splitName } from '@archon-dse/weights';

/**
 * Checks that a network has the weights of a trained one, name by name: a stage may have rewritten it since.
 *
 * @param stage - who would use the weights, for the message
 * @throws ArchonError ARCHON_CHECKPOINT_INVALID naming the first layer that differs, and both shapes
 */
export function checkSameWeights(trained: Network, network: Network, stage: string): void {
  const [before, after] = [shapesOf(trained), shapesOf(network)];
  const name = [...after.keys(), ...before.keys()].find((one) => before.get(one) !== after.get(one));
  if (name === undefined) return;
  const [layer, weight] = splitName(name);
  fail({
    code: 'ARCHON_CHECKPOINT_INVALID',
    message:
      `the trained weights are of another graph than the stage "${stage}" gets: ` +
      `${weight} of layer "${layer}" ${wasText(before.get(name))} and ${isText(after.get(name))}`,
    expected: `weights of the network as it is before the stage "${stage}"`,
    hint: 'A stage that rewrites a trained network writes a checkpoint of the new one, or leaves none.',
    layer,
  });
}

function wasText(shape: string | undefined): string {
  return shape === undefined ? 'was not there' : `was ${shape}`;
}

function isText(shape: string | undefined): string {
  return shape === undefined ? 'is not there' : `is ${shape}`;
}

function shapesOf(network: Network): ReadonlyMap<string, string> {
  return new Map(planModel({ network, batch: 1 }).weights.map(({ name, shape }) => [name, shape.join(' x ')]));
}
