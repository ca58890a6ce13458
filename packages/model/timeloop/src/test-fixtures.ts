import type { TimeloopFile } from './input/sections.js';

/** Files in the grammars of Timeloop, written for these tests; the sizes are those of the dense array of ICS'21. */

export const file = (name: string, text: string): TimeloopFile => ({ name, text });

/** A buffer of storage and two address generators. */
const buffer = (name: string, storage: string, write: string): string => `
  - name: ${name}
    attributes: { technology: 45nm, memory_depth: 8, memory_width: 16, n_rdwr_ports: 2, n_banks: 1 }
    subcomponents:
    - name: cells
      class: ${storage}
      attributes:
        { technology: technology, width: memory_width, depth: memory_depth, n_rdwr_ports: n_rdwr_ports, n_banks: n_banks }
    - { name: 'generators[0..1]', class: intadder, attributes: { technology: technology, width: log(memory_depth) } }
    actions:
    - name: write
      arguments: { data_delta: 0..1, address_delta: 0..n_banks }
      subcomponents:
      - { name: cells, actions: [{ name: write, arguments: { data_delta: data_delta } }] }
      - { name: 'generators[0]', actions: [{ name: ${write} }] }
      - { name: 'generators[1]', actions: [{ name: idle }] }
    - name: read
      subcomponents:
      - { name: cells, actions: [{ name: read }] }
      - { name: 'generators[1]', actions: [{ name: add }] }
      - { name: 'generators[0]', actions: [{ name: idle }] }
    - name: idle
      subcomponents: [{ name: cells, actions: [{ name: idle }] }]`;

export const COMPONENTS = file(
  'components.yaml',
  `compound_components:\n  version: 0.3\n  classes:${buffer('banked', 'SRAM', 'count')}${buffer('file', 'regfile', 'add')}\n`
    .replaceAll('name: banked', 'name: smartbuffer_SRAM')
    .replaceAll('name: file', 'name: smartbuffer_RF'),
);

const spad = (name: string, kind: string, depth: number): string => `
        - name: ${name}
          class: ${kind}
          attributes:
            { memory_depth: ${depth}, memory_width: 16, block-size: 1, word-bits: 16, meshX: 8, read_bandwidth: 2, write_bandwidth: 2 }`;

/** Grammar v0.3: a tree, 72 PEs as 8 columns of 9. */
export const TREE = file(
  'arch.yaml',
  `architecture:
  version: 0.3
  subtree:
  - name: system
    local:
    - { name: dram, class: DRAM, attributes: { type: LPDDR4, width: 64, block-size: 4, word-bits: 16 } }
    subtree:
    - name: chip
      attributes: { technology: 45nm }
      local:
      - name: glb
        class: smartbuffer_SRAM
        attributes:
          memory_width: 64
          n_banks: 27
          memory_depth: 13824
          block-size: 4
          word-bits: 16
          read_bandwidth: 32
          write_bandwidth: 32
      - name: column[0..7]
        class: regfile
        attributes: { depth: 16, width: 16, word-bits: 16, block-size: 1, meshX: 8 }
      subtree:
      - name: PE[0..71]
        local:${spad('ifmap', 'smartbuffer_RF', 16)}${spad('weights', 'smartbuffer_SRAM', 224)}${spad('psum', 'smartbuffer_RF', 24)}
        - { name: mac, class: intmac, attributes: { datawidth: 16, meshX: 8 } }
`,
);

/** Grammar v0.4 of the same array, whose columns and PEs are containers. */
export const NODES = file(
  'arch.yaml',
  `architecture:
  version: 0.4
  nodes:
  - !Container { name: system, attributes: { technology: "45nm" } }
  - !Component { name: dram, class: DRAM, attributes: { type: LPDDR4, width: 64, datawidth: WORD } }
  - !Component
    name: glb
    class: smartbuffer_SRAM
    attributes: { memory_depth: 13824, memory_width: 4 * WORD, n_banks: 27, datawidth: WORD, read_bandwidth: 32, write_bandwidth: 32 }
    constraints: { dataspace: { keep: [Inputs, Outputs], bypass: [Weights] } }
  - !Container { name: column, spatial: { meshX: 8 } }
  - !Container { name: PE, spatial: { meshY: 9 } }
  - !Parallel
    nodes:${['ifmap smartbuffer_RF 16', 'weights smartbuffer_SRAM 224', 'psum smartbuffer_RF 24']
      .map((text) => text.split(' '))
      .map(
        ([name, kind, depth]) => `
    - !Component
      name: ${name ?? ''}
      class: ${kind ?? ''}
      attributes: { memory_depth: ${depth ?? ''}, memory_width: WORD, datawidth: WORD, read_bandwidth: 2, write_bandwidth: 2 }`,
      )
      .join('')}
  - !Component { name: mac, class: intmac, attributes: { multiplier_width: WORD, adder_width: 2 * WORD } }
`,
);

export const VARIABLES = file('variables.yaml', 'variables: { version: 0.4, WORD: 16 }\n');

/** Energies and areas of the array as tables, the names with their paths. */
export const ERT = file(
  'ERT.yaml',
  `ERT:
  version: 0.3
  tables:
  - { name: system.dram, actions: [{ name: read, energy: 512 }, { name: write, energy: 512 }, { name: idle, energy: 0 }] }
  - name: system.chip.glb
    actions:
    - { name: read, arguments: { address_delta: 1, data_delta: 1 }, energy: 69.377 }
    - { name: write, arguments: { address_delta: 0, data_delta: 1 }, energy: 40 }
    - { name: write, arguments: { address_delta: 1, data_delta: 1 }, energy: 70.264 }
  - { name: 'system.chip.PE[0..71].ifmap', actions: [{ name: read, energy: 0.251 }, { name: write, energy: 0.251 }] }
  - { name: 'system.chip.PE[0..71].weights', actions: [{ name: read, energy: 0.759 }, { name: write, energy: 1.18 }] }
  - { name: 'system.chip.PE[0..71].psum', actions: [{ name: read, energy: 0.302 }, { name: write, energy: 0.302 }] }
  - { name: 'system.chip.PE[0..71].mac', actions: [{ name: mac_random, energy: 2.2 }, { name: idle, energy: 9 }] }
`,
);

/** A layer of the shape that Timeloop's exercises use; bounds that are not given are 1. */
export function layer(bounds: Partial<Record<string, number>>): TimeloopFile {
  const instance = {
    C: 1,
    M: 1,
    R: 1,
    S: 1,
    N: 1,
    P: 1,
    Q: 1,
    Wstride: 1,
    Hstride: 1,
    Wdilation: 1,
    Hdilation: 1,
    ...bounds,
  };
  return file(
    'prob.yaml',
    `problem:
  instance: ${JSON.stringify(instance)}
  shape:
    name: CNN-Layer
    dimensions: [C, M, R, S, N, P, Q]
    coefficients: ${JSON.stringify(['Wstride', 'Hstride', 'Wdilation', 'Hdilation'].map((name) => ({ name, default: 1 })))}
    data-spaces:
    - { name: Weights, projection: [[[C]], [[M]], [[R]], [[S]]] }
    - { name: Inputs, projection: [[[N]], [[C]], [[R, Wdilation], [P, Wstride]], [[S, Hdilation], [Q, Hstride]]] }
    - { name: Outputs, projection: [[[N]], [[M]], [[Q]], [[P]]], read-write: true }
`,
  );
}

/** The first pointwise layers of MobileNetV2 for CIFAR-10: expansion and projection of block 1. */
export const EXPAND = layer({ C: 16, M: 96, P: 32, Q: 32 });
export const PROJECT = layer({ C: 96, M: 24, P: 32, Q: 32 });

/** The mapping of the expansion that was published, as a printed nest. */
export const NEST = file(
  'map.txt',
  `
dram [ Weights:1536 Inputs:16384 Outputs:98304 ]
------------------------------------------------
| for Q in [0:8)

glb [ Inputs:2048 Outputs:12288 ]
---------------------------------
|   for P in [0:32)
|     for M in [0:2) (Spatial-X)
|       for Q in [0:4) (Spatial-X)

column [ ]
----------
|         for Q in [0:1)
|           for M in [0:2) (Spatial-Y)
|             for C in [0:4) (Spatial-Y)

ifmap [ Inputs:4 ]
------------------
|               for Q in [0:1)

weights [ Weights:96 ]
----------------------
|                 for C in [0:4)

psum [ Outputs:24 ]
-------------------
|                   for M in [0:24)
`,
);

/** The same in one line. */
export const NEST_LINE = 'L5[WIO] Q8 - L4[IO] P32 M2X Q4X - L3[] Q1 M2Y C4Y - L2[I] Q1 - L1[W] C4 - L0[O] M24';

/** The same as directives. */
export const MAPPING = file(
  'map.yaml',
  `mapping:
- { target: dram, type: temporal, factors: Q=8, permutation: QPMCNRS }
- { target: glb, type: datatype, keep: [Inputs, Outputs], bypass: [Weights] }
- { target: glb, type: temporal, factors: [P=0], permutation: [P, Q] }
- { target: glb, type: spatial, factors: M2 Q4, permutation: QM, split: 2 }
- { target: column, type: bypass, bypass: [Weights, Inputs, Outputs] }
- { target: column, type: spatial, factors: { M: 2, C: 4 }, permutation: CM, split: 0 }
- { target: ifmap, type: dataspace, keep: [Inputs], bypass: [Weights, Outputs] }
- { target: weights, type: datatype, keep: [Weights], bypass: [Inputs, Outputs] }
- { target: weights, type: temporal, factors: C=4 }
- { target: psum, type: datatype, keep: [Outputs], bypass: [Weights, Inputs] }
- { target: psum, type: temporal, factors: M=24 }
`,
);

/** What the dense array of ICS'21 may do: row stationary. */
export const CONSTRAINTS = file(
  'constraints.yaml',
  `architecture_constraints:
  targets:
  - { target: psum, type: bypass, bypass: [Inputs, Weights], keep: [Outputs] }
  - { target: weights, type: bypass, bypass: [Inputs, Outputs], keep: [Weights] }
  - { target: ifmap, type: bypass, bypass: [Weights, Outputs], keep: [Inputs] }
  - { target: column, type: bypass, bypass: [Inputs, Outputs, Weights] }
  - { target: glb, type: bypass, bypass: [Weights], keep: [Inputs, Outputs] }
  - { target: column, type: spatial, split: 4, permutation: NPQR SCM, factors: N=1 P=1 Q=1 R=1 S=0 }
  - { target: glb, type: spatial, split: 7, permutation: NCPRSQM, factors: N=1 C=1 P=1 R=1 S=1 }
  - { target: psum, type: temporal, permutation: NCPQRS M, factors: N=1 C=1 R=1 S=1 P=1 Q=1 }
  - { target: weights, type: temporal, permutation: NMPQS CR, factors: N=1 M=1 P=1 Q=1 S=1 R=0 }
  - { target: ifmap, type: temporal, permutation: NMCPQRS, factors: N=1 M=1 C=1 P=1 Q=1 R=1 S=1 }
  - { target: column, type: temporal, factors: N=1 M=1 C=1 P=1 Q=1 R=1 S=1 }
`,
);

export const MAPSPACE = file(
  'mapspace.yaml',
  `mapspace_constraints:
  targets:
  - { target: column, type: temporal, permutation: NMCPQRS }
  - { target: glb, type: temporal, permutation: QRSC PNM, factors: Q=1 R=1 S=1 P=0 }
  - { target: dram, type: temporal, permutation: RSP CMNQ, factors: R=1 S=1 P=1 }
`,
);

export const MAPPER = file(
  'mapper.yaml',
  'mapper: { optimization-metrics: [delay, energy], algorithm: random-pruned, victory-condition: 1000, num-threads: 8 }\n',
);
