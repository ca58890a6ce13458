import { openModel, verifyModel } from '@archon-dse/execution';
import type { Mismatch, Verification } from '@archon-dse/fused-execution';
import { readCheckpoint } from '@archon-dse/training';
import { inCwd, type Context } from '../context.js';
import { EXIT } from '../terminal/output.js';
import { formatNumber, formatShare } from '../terminal/format.js';
import { formatTable } from '../terminal/table.js';

interface Flags {
  readonly data?: string;
  readonly images: number;
  readonly oracle?: boolean;
  readonly json?: boolean;
}

/** `archon verify CHECKPOINT`: fused execution of predicted blocks against their layers. */
export async function verify(
  context: Context,
  path: string,
  { data, images, oracle = false, json }: Flags,
): Promise<void> {
  const file = inCwd(context, path);
  const masks = oracle ? 'trueSigns' : 'predictors';
  const folder = data === undefined ? 'procedural' : inCwd(context, data);
  const model = openModel(await readCheckpoint(file), { file, data: folder, images, masks });
  const verification = verifyModel(model, (done) =>
    context.output.live([`Image ${String(done + 1)} of ${String(model.images)}`]),
  );
  const result = { network: model.network.id, dataset: model.dataset, ...verification };
  context.output.live([]);
  if (json) context.output.json(result);
  else context.output.result(verifiedText(result));
  if (result.mismatch !== undefined || result.top1Agreement < 1) context.setExitCode(EXIT.pointsFailed);
}

type Verified = Verification & { readonly network: string; readonly dataset: string };

function verifiedText({ network, dataset, images, blocks, top1Agreement, mismatch }: Verified): string {
  const rows = blocks.map(({ name, maxAbsError, maxRelError, maskMismatches, ties }) => [
    name,
    maxAbsError.toExponential(1),
    maxRelError.toExponential(1),
    formatNumber(maskMismatches),
    formatNumber(ties),
  ]);
  return [
    `${network}, ${formatNumber(images)} images of ${dataset}: fused blocks against their layers`,
    formatTable(['block', 'largest error', 'of the largest value', 'masks that differ', 'ties'], rows),
    `same class for ${formatShare(top1Agreement)} of the images`,
    ...(mismatch === undefined ? [] : [mismatchText(mismatch)]),
  ].join('\n\n');
}

function mismatchText({ image, what, node, row, column, channel, fused, layers }: Mismatch): string {
  const place = `image ${String(image)}, row ${String(row)}, column ${String(column)}, channel ${String(channel)}`;
  return `${what} of "${node}" differs first at ${place}: ${String(fused)} fused, ${String(layers)} by layers`;
}
