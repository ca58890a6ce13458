import type { Architecture, Level } from '@archon-dse/loop-nest';

const VERSION = 0.3;
const WORD_BITS = 16;
/** The arithmetic needs a name that no level has. */
const MAC = 'mac';

/** A tree of one branch: a node for each level, with all its instances in the range of its name. */
export function architectureData({ levels, macs }: Architecture): object {
  const meshes = meshesOf(levels);
  const mac = {
    name: range(MAC, macs),
    class: 'intmac',
    attributes: { datawidth: WORD_BITS, meshX: (meshes.at(-1) ?? [1])[0] },
  };
  const locals = levels.map((level, l) => ({ local: [storage(level, meshes[l] ?? [1, 1], l === 0)] }));
  const inner = { name: 'compute', local: [mac] };
  const tree = locals.reduceRight<object>(
    (inside, local, l) => ({ name: `around_${levels[l]?.name ?? ''}`, ...local, subtree: [inside] }),
    inner,
  );
  return { version: VERSION, subtree: [tree] };
}

/** Mesh of all instances of each level, and of what is inside the last one. */
function meshesOf(levels: readonly Level[]): readonly (readonly [x: number, y: number])[] {
  const meshes: (readonly [number, number])[] = [[1, 1]];
  for (const { meshX, meshY } of levels) {
    const [x, y] = meshes.at(-1) ?? [1, 1];
    meshes.push([x * meshX, y * meshY]);
  }
  return meshes;
}

function storage(level: Level, [x, y]: readonly [number, number], isOutermost: boolean): object {
  const { name, blockSize, sizeWords, readBandwidth, writeBandwidth } = level;
  return {
    name: range(name, x * y),
    class: isOutermost ? 'DRAM' : 'storage',
    attributes: {
      'word-bits': WORD_BITS,
      'block-size': blockSize,
      meshX: x,
      ...(sizeWords === undefined ? {} : { entries: sizeWords }),
      ...(readBandwidth === undefined ? {} : { read_bandwidth: readBandwidth }),
      ...(writeBandwidth === undefined ? {} : { write_bandwidth: writeBandwidth }),
    },
  };
}

const range = (name: string, count: number): string => (count === 1 ? name : `${name}[0..${count - 1}]`);

/** Energies of the levels and the arithmetic, the same for reads and writes. */
export function ertData({ levels, macEnergyPj }: Architecture): object {
  const tables = levels.map(({ name, accessEnergyPj }) => ({
    name,
    actions: ['read', 'write'].map((action) => ({ name: action, energy: accessEnergyPj })),
  }));
  return { version: VERSION, tables: [...tables, { name: MAC, actions: [{ name: 'compute', energy: macEnergyPj }] }] };
}
