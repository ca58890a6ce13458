import type { Network } from '@archon-dse/core';
import { describeNetwork, extentText, type LayerDescription } from '@archon-dse/workload';

/**
 * The bottleneck blocks of a network as lines of text, to compare with a published table. Columns: block, plane in, plane out,
 * channels in, between, computed and after the join, depthwise kernel and stride, groups, join (`add`, `concat` or `-`), hidden
 * channels of squeeze-and-excite (or `-`), weights of expand, depthwise and project, parameters, MACs.
 */
export function blockRows(network: Network): readonly string[] {
  const { layers } = describeNetwork(network);
  const blocks = [...new Set(layers.map((layer) => layer.block))].filter((block) => /^b\d+$/.test(block));
  return blocks.map((block) => blockRow(layers.filter((layer) => layer.block === block)).join(' '));
}

function blockRow(layers: readonly LayerDescription[]): readonly (string | number)[] {
  const role = (name: string): LayerDescription => find(layers, (layer) => layer.role === name);
  const [expand, depthwise, project] = [role('expand'), role('depthwise'), role('project')];
  const last = find([...layers].reverse(), () => true);
  const join = layers.find((layer) => layer.role === 'join');
  const squeeze = layers.find((layer) => layer.role === 'squeeze' && layer.op === 'conv');
  return [
    ...[last.block, expand.in[0], last.out[0]],
    ...[expand.in[2], expand.out[2], project.out[2], last.out[2]],
    ...[
      extentText(depthwise.kernel) || '-',
      extentText(depthwise.stride) || '-',
      expand.groups ?? '-',
      join?.op ?? '-',
      squeeze?.out[2] ?? '-',
    ],
    ...[expand.parameters, depthwise.parameters, project.parameters],
    sum(layers.map((layer) => layer.parameters)),
    sum(layers.map((layer) => layer.macs)),
  ];
}

/**
 * The layers with parameters outside the bottleneck blocks as lines of text. Columns: name, operation, plane in, plane out,
 * channels in and out, kernel, stride, groups (`-` where there is none), parameters, MACs.
 */
export function headAndTailRows(network: Network): readonly string[] {
  return describeNetwork(network)
    .layers.filter((layer) => layer.parameters > 0 && (layer.block === 'head' || layer.block === 'tail'))
    .map((layer) => {
      const window = [extentText(layer.kernel) || '-', extentText(layer.stride) || '-', layer.groups ?? '-'];
      const sizes = [layer.in[0], layer.out[0], layer.in[2], layer.out[2]];
      return [layer.name, layer.op, ...sizes, ...window, layer.parameters, layer.macs].join(' ');
    });
}

/** The lines of a table written in a template string: blank ones dropped, thousands separators and alignment taken out. */
export function tableRows(text: string): readonly string[] {
  const lines = text.split('\n').map((line) => line.trim().replaceAll(',', '').replace(/\s+/g, ' '));
  return lines.filter((line) => line !== '');
}

function find(layers: readonly LayerDescription[], matches: (layer: LayerDescription) => boolean): LayerDescription {
  const found = layers.find(matches);
  if (found === undefined) throw new Error(`block "${layers[0]?.block ?? ''}" is no bottleneck`);
  return found;
}

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}
