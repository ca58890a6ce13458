import { networksOf, type Network, type Traffic } from './networks.js';
import { reportName } from './nest.js';
import { spacesOf, type NamedAccesses, type Report, type ReportLevel } from './report.js';
import { xml, xmlLines, type Xml } from './xml.js';

/**
 * The mapping and the statistics as Timeloop's `map+stats.xml` has them: what `parse_timeloop_output.py` and scripts like it read of
 * levels, networks and the workload.
 *
 * @source NVlabs/timeloop, scripts/parse_timeloop_output.py (4cf6d4c)
 */
export function statsXml(report: Report): string {
  const inner = [...report.levels].reverse();
  const networks = networksOf(report);
  const engine = xml('engine', [
    xml('topology_', [
      list('levels_', [arithmetic(report), ...inner.map((level, l) => storage(level, l, report))]),
      list(
        'networks_',
        networks.map((network, n) => networkItem(network, n)),
      ),
    ]),
  ]);
  const root = xml('boost_serialization', [engine, workload(report)], {
    signature: 'serialization::archive',
    version: '17',
  });
  return [
    '<?xml version="1.0" encoding="UTF-8" standalone="yes" ?>',
    '<!DOCTYPE boost_serialization>',
    ...xmlLines(root),
    '',
  ].join('\n');
}

function list(name: string, items: readonly Xml[]): Xml {
  return xml(name, [xml('count', items.length), xml('item_version', 0), ...items]);
}

/** A value that may be missing. */
const optional = (name: string, value: number | string | undefined): Xml =>
  xml(name, value === undefined ? [] : [xml('t_', value)]);

function perSpace(name: string, values: readonly (number | Xml[])[]): Xml {
  const items = values.map((value) => xml('item', typeof value === 'number' ? numberText(value) : value));
  return xml(name, [xml('PerDataSpace', items)]);
}

const numberText = (value: number): string => (Number.isNaN(value) ? 'nan' : String(value));

function arithmetic({ compute, evaluation }: Report): Xml {
  const px = xml(
    'px',
    [
      xml('specs_', [xml('LevelSpecs', [xml('level_name', compute.name)]), optional('instances', compute.instances)]),
      xml('energy_', compute.energyPj),
      xml('area_', compute.areaUm2),
      xml('cycles_', evaluation.cycles),
      xml('utilized_instances_', compute.used),
      xml('maccs_', evaluation.macs),
    ],
    { class_id: '4', class_name: 'model::ArithmeticUnits', object_id: '_0' },
  );
  return xml('item', [px]);
}

function storage(level: ReportLevel, index: number, report: Report): Xml {
  const attributes = { class_id: '9', class_name: 'model::BufferLevel', object_id: `_${index + 1}` };
  const { placed } = level;
  const specs = xml('specs_', [
    xml('LevelSpecs', [xml('level_name', reportName(level))]),
    optional('name', reportName(level)),
    optional('size', placed.storage?.sizeWords),
    optional('word_bits', placed.storage?.wordBits),
    optional('block_size', placed.storage?.blockSize),
    optional('cluster_size', 1),
    optional('instances', placed.instances),
    optional('meshX', placed.meshX),
    optional('meshY', placed.meshY),
    optional('read_bandwidth', placed.storage?.readBandwidth),
    optional('write_bandwidth', placed.storage?.writeBandwidth),
  ]);
  return xml('item', [xml('px', [subnest(level, report), specs, levelStats(level, report)], attributes)]);
}

function subnest({ loops }: ReportLevel, { design }: Report): Xml {
  const dims = [...design.named.dims.keys()];
  const spacetime = { temporal: 0, spatialX: 1, spatialY: 2 };
  const items = [...loops]
    .reverse()
    .map(({ dim, bound, kind }) =>
      xml('item', [
        xml('dimension', dims.indexOf(dim)),
        xml('start', 0),
        xml('end', bound),
        xml('stride', 1),
        xml('spacetime_dimension', spacetime[kind]),
      ]),
    );
  return list('subnest_', items);
}

function levelStats({ kept, used, cycles, slowdown }: ReportLevel, { design, evaluation }: Report): Xml {
  const of = (value: (accesses: NamedAccesses) => number, without = 0): readonly number[] =>
    spacesOf(design).map(([, space]) => {
      const accesses = kept.find((each) => each.space === space);
      return accesses === undefined ? without : value(accesses);
    });
  const words = ({ reads, updates, fills }: NamedAccesses): number => reads + updates + fills;
  const speed = slowdown / evaluation.computeCycles;
  const rows: Readonly<Record<string, readonly number[]>> = {
    keep: of(() => 1),
    partition_size: of(({ partitionWords }) => partitionWords),
    utilized_capacity: of(({ tileWords }) => tileWords),
    utilized_instances: of(() => used, used),
    utilized_clusters: of(() => used, used),
    reads: of(({ reads }) => reads),
    updates: of(({ updates }) => updates),
    fills: of(({ fills }) => fills),
    address_generations: of(({ space, reads, updates, fills }) => (space === 'Outputs' ? updates : reads) + fills),
    temporal_reductions: of(({ space, reads }) => (space === 'Outputs' ? reads : 0)),
    read_bandwidth: of(({ reads }) => reads * speed),
    write_bandwidth: of(({ updates, fills }) => (updates + fills) * speed),
    energy_per_access: of((each) => each.energyPj / used / words(each), NaN),
    energy: of(({ energyPj }) => energyPj / used),
    temporal_reduction_energy: of(() => 0),
    addr_gen_energy: of(() => 0),
  };
  return xml('stats_', [
    ...Object.entries(rows).map(([name, values]) => perSpace(name, values)),
    xml('cycles', cycles),
    xml('slowdown', slowdown),
  ]);
}

function networkItem({ name, traffic }: Network, index: number): Xml {
  const of = (value: (each: Traffic) => number | Xml[]): readonly (number | Xml[])[] => traffic.map(value);
  const rows: Readonly<Record<string, readonly (number | Xml[])[]>> = {
    fanout: of(({ fanout }) => fanout),
    distributed_fanout: of(() => 0),
    multicast_factor: of(({ multicast }) => multicast),
    ingresses: of(({ ingresses }) => [xml('count', 1), xml('item_version', 0), xml('item', ingresses)]),
    distributed_multicast: of(() => 0),
    link_transfers: of(() => 0),
    spatial_reductions: of(({ spatialReductions }) => spatialReductions),
    link_transfer_energy: of(() => 0),
    num_hops: of(({ hops }) => hops),
    energy_per_hop: of(() => 0),
    energy: of(() => 0),
    spatial_reduction_energy: of(() => 0),
  };
  const stats = xml(
    'stats_',
    Object.entries(rows).map(([name, values]) => perSpace(name, values)),
  );
  const specs = xml('specs_', [xml('NetworkSpecs', [xml('name', name)])]);
  const px = xml('px', [specs, stats], { class_id: '23', class_name: 'model::LegacyNetwork', object_id: `_n${index}` });
  return xml('item', [xml('first', name), xml('second', [px])]);
}

/** Bounds of the dimensions by their number, under the names of old and new versions. */
function workload({ design }: Report): Xml {
  const { dims, problem } = design.named;
  const items = [...dims.values()].map((dim, d) => xml('item', [xml('first', d), xml('second', problem[dim] ?? 1)]));
  return xml('a', [xml('workload_', [list('bounds_', items), list('factorized_bounds_', items)])]);
}
