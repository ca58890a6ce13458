import type { Layer, Network, Options } from '@archon-dse/core';
import { sampleState } from '@archon-dse/testing';

type Build = (options: Options) => Network;

/** The network that faults are seeded in. */
export const soundNetwork: Build = () => sampleState('seeded/net').network;

const altered =
  (change: (network: Network) => Network): (() => Build) =>
  () =>
  (options) =>
    change(soundNetwork(options));

const UNREAD: Layer = { name: 'unread', op: 'relu', inputs: ['input'], block: 'head', role: 'activation' };

/** What goes wrong in a network, by the name of the fault. */
export const NETWORK_FAULTS: Readonly<Record<string, () => Build>> = {
  'the id of another network': altered((network) => ({ ...network, id: 'seeded/other' })),
  randomness: () => {
    let builds = 0;
    return (options) => ({ ...soundNetwork(options), salt: (builds += 1) }) as Network;
  },
  'options that are written to': () => (options) => soundNetwork(Object.assign(options, { width: 2 })),
  'a layer that nothing reads': altered(({ layers: [input, ...rest], ...network }) => ({
    ...network,
    layers: [...(input ? [input] : []), UNREAD, ...rest],
  })),
  'no classes': altered((network) => ({ ...network, classes: 0 })),
};
