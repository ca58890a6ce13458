import type { Network, Options, Registered } from '@archon-dse/core';
import type { Border } from './border.js';
import { copyReturned } from './returned.js';

/**
 * The network that a contribution builds, as plain data that nobody has checked.
 *
 * @throws ArchonError what its plugin throws; ARCHON_RESULT_INVALID when it returns something else
 */
export function buildNetwork(
  border: Border,
  { id, plugin, contribution }: Registered<'network'>,
  options: Options,
): Promise<Network> {
  return border.blame({ plugin: plugin.name, contribution: id }, 'building the network', async () => {
    const network: unknown = await contribution.build(options);
    return copyReturned<Network>(network, 'the network');
  });
}
