import { dirname } from 'node:path';
import { attemptFile, fail, notCostedText } from '@archon-dse/core';
import { makeFolder } from '@archon-dse/core/files';
import { notCosted } from '@archon-dse/engine';
import { networkYaml } from '@archon-dse/network-files';
import { readNetworkFile } from '@archon-dse/network-files/files';
import { describeNetwork, lowerToWorkloads, vectorWorkOf } from '@archon-dse/workload';
import writeFileAtomic from 'write-file-atomic';
import { inCwd, type Context } from '../context.js';
import { formatNumber } from '../terminal/format.js';

interface Flags {
  readonly out?: string;
  readonly batch?: number;
  readonly dim: readonly string[];
  readonly json?: boolean;
}

/** `archon import-network FILE`: what an ONNX file holds, and the file as a list of layers. */
export async function importNetwork(context: Context, file: string, { out, batch, dim, json }: Flags): Promise<void> {
  const options = { id: 'archon/file', dims: Object.fromEntries(dim.map(sizeOf)) };
  const found = await readNetworkFile(inCwd(context, file), batch === undefined ? options : { ...options, batch });
  const { network, ...about } = found;
  const { layers, ...totals } = describeNetwork(network);
  const workloads = lowerToWorkloads(network);
  const result = {
    file,
    ...about,
    input: network.input,
    ...totals,
    layers: layers.length,
    workloads: counted(workloads.map(({ op }) => op)),
    notCosted: notCosted(vectorWorkOf(network), []).notCosted ?? {},
    movedLayers: counted(network.layers.flatMap(({ op }) => (MOVES.includes(op) ? [op] : []))),
    ...(out === undefined ? {} : { out }),
  };
  if (out !== undefined)
    await write(
      inCwd(context, out),
      networkYaml(network, [`Layers of ${JSON.stringify(file)}, read by archon import-network.`]),
    );
  if (json) context.output.json(result);
  else context.output.result(resultText(result));
}

/** Operations that cost nothing, as they only put values elsewhere. */
const MOVES: readonly string[] = [
  'move',
  'reshape',
  'transpose',
  'concat',
  'channelShuffle',
  'takePosition',
  'classToken',
];

type Counts = Readonly<Record<string, number>>;

function counted(names: readonly string[]): Counts {
  const counts: Record<string, number> = {};
  for (const name of names) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
}

function sizeOf(text: string): readonly [string, number] {
  const [name = '', size = ''] = text.split(/=(?=[^=]*$)/);
  if (name !== '' && /^[1-9]\d{0,8}$/.test(size)) return [name, Number(size)];
  return fail({
    code: 'ARCHON_USAGE',
    message: `--dim ${text} is no size`,
    expected: '--dim NAME=SIZE, e.g. height=224',
  });
}

async function write(path: string, text: string): Promise<void> {
  makeFolder(dirname(path));
  await attemptFile({ path, doing: 'written' }, () => writeFileAtomic(path, text));
}

interface Result {
  readonly file: string;
  readonly producer?: string;
  readonly opset?: number;
  readonly assumed?: Counts;
  readonly folded?: Counts;
  readonly asFloat?: Counts;
  readonly input: readonly number[];
  readonly layers: number;
  readonly macs: number;
  readonly batch?: number;
  readonly parameters: number;
  readonly trainableParameters: number;
  readonly workloads: Counts;
  readonly notCosted: Counts;
  readonly moved?: Counts;
  readonly movedLayers: Counts;
  readonly out?: string;
}

function resultText(result: Result): string {
  const { file, producer, opset, assumed = {}, folded = {}, asFloat = {}, batch = 1, out } = result;
  const list = (counts: Counts): string => notCostedText(counts) || 'none';
  const open = Object.entries(assumed).map(([name, size]) => `${name} = ${size}`);
  const rows: readonly (readonly [string, string] | undefined)[] = [
    opset === undefined
      ? undefined
      : ['file', `ONNX, operators of version ${opset}${producer ? `, written by ${producer}` : ''}`],
    ['input', `${result.input.join('x')}${batch > 1 ? ` for a batch of ${formatNumber(batch)}` : ''}`],
    open.length === 0 ? undefined : ['left open', `${open.join(', ')}; read so`],
    ['layers', formatNumber(result.layers)],
    ['MACs', `${formatNumber(result.macs)} in ${list(result.workloads)}`],
    ['parameters', `${formatNumber(result.parameters)} (${formatNumber(result.trainableParameters)} trainable)`],
    ['not costed', `${list(result.notCosted)}; without MACs, costed only where an accelerator does it`],
    ['moved', `${list(result.moved ?? result.movedLayers)}; costs nothing`],
    opset === undefined ? undefined : ['no layer', `${list(folded)}; constants, shapes and parts of other layers`],
    Object.keys(asFloat).length === 0
      ? undefined
      : ['as float', `${list(asFloat)}; read as the operators they stand for`],
    ['refused', 'none'],
  ];
  const told = rows.flatMap((row) => (row === undefined ? [] : [`${row[0].padEnd(12)}${row[1]}`]));
  return [file, '', ...told, ...(out === undefined ? [] : ['', `written to ${out}`])].join('\n');
}
