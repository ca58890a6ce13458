import { copyFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { mobileNetV2 } from '../packages/model/network-files/test/mobile-net.js';
import { resNet50 } from '../packages/model/network-files/test/res-net.js';
import { archonHere } from './in-process.js';
import { journalOf, root, temporaryFolder } from './workspace.js';

const folder = temporaryFolder();
afterAll(folder.remove);
const shipped = join(root, 'packages/model/architecture/architectures');
const inFolder = (name: string): string => join(folder.path, name);

writeFileSync(inFolder('mobilenetv2.onnx'), mobileNetV2().encode());
writeFileSync(inFolder('resnet50.onnx'), resNet50().encode());
for (const name of ['eyeriss', 'nvdla', 'simba']) copyFileSync(join(shipped, `${name}.yaml`), inFolder(`${name}.yaml`));
writeFileSync(
  inFolder('any.yaml'),
  `apiVersion: archon/v1
name: any
networks:
  - { use: file, options: { file: ./mobilenetv2.onnx } }
  - { use: file, options: { file: ./resnet50.onnx } }
accelerators:
  - use: spatial
    options: { architecture: ./eyeriss.yaml }
    axes: { architecture.levels.shared_glb.sizeKib: [108, 216], architecture.levels.shared_glb.meshX: [14, 28] }
  - use: spatial
    options: { architecture: ./nvdla.yaml }
    axes: { architecture.levels.cbuf.sizeKib: [256, 512], architecture.levels.cacc.meshX: [16, 32] }
  - use: spatial
    options: { architecture: ./simba.yaml }
objectives: [cycles, energyPj, areaUm2]
groupBy: network.options.file
`,
);

interface LineOfJournal {
  readonly status: string;
  readonly point: { readonly network: { readonly options: { readonly file: string } } };
  readonly metrics: Readonly<Record<string, number>>;
}

/** MACs of the two networks. @source as in packages/model/network-files/src/onnx/zoo.test.ts */
const MACS: Readonly<Record<string, number>> = { './mobilenetv2.onnx': 300_774_272, './resnet50.onnx': 4_089_184_256 };

describe('networks of ONNX files on architectures of YAML files', () => {
  it('end in a Pareto report, from one sweep that varies arrays and buffers', async () => {
    const { status, stdout } = await archonHere(['sweep', 'any.yaml', '--out', 'out', '--json'], folder.path);
    expect({ status, ...(JSON.parse(stdout) as object) }).toMatchObject({ status: 0, counts: { ok: 18, failed: 0 } });
    const records = journalOf(inFolder('out')) as unknown as readonly LineOfJournal[];
    expect(records).toHaveLength(18);
    for (const { point, metrics } of records) {
      expect(metrics['macs']).toBe(MACS[point.network.options.file]);
      expect(metrics['utilization']).toBeGreaterThan(0);
    }
    const figures = new Set(
      records.map(({ metrics }) => [metrics['cycles'], metrics['energyPj'], metrics['areaUm2']].join()),
    );
    expect(figures.size).toBe(18);
    const front = readFileSync(inFolder('out/pareto.csv'), 'utf8').trim().split('\n');
    expect(front.length).toBeGreaterThan(4);
    expect(existsSync(inFolder('out/report.html'))).toBe(true);
  });
});
