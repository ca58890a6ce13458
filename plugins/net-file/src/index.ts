import { API_VERSION, defineNetwork, definePlugin, fail } from '@archon-dse/core';

export const file = defineNetwork({
  name: 'file',
  title: 'Network of a file',
  description:
    'The network of an ONNX file, or of a list of layers in YAML: its shapes, not its weights. `archon import-network` says what an ONNX file holds.',
  options: {
    file: {
      type: 'string',
      description: 'The file: .onnx, or .yaml, .yml or .json for a list of layers.',
      default: '',
      path: { kind: 'file' },
    },
    batch: {
      type: 'integer',
      description: 'Images computed at once; 0 takes those that the file is for.',
      unit: 'images',
      default: 0,
      minimum: 0,
      maximum: 4096,
    },
    dims: {
      type: 'object',
      description:
        'Sizes of dimensions that an ONNX file leaves open, by their name, or by INPUT.AXIS where they have none.',
      default: {},
      additionalProperties: { type: 'integer', minimum: 1 },
    },
  },
  source: 'ONNX, Open Neural Network Exchange, operator sets 7 to 21; docs/networks.md',
  build: async ({ file: path, batch, dims }) => {
    if (path === '') {
      fail({
        code: 'ARCHON_BAD_OPTION',
        message: 'no file of a network is given',
        path: 'options.file',
        expected: 'the path of an ONNX file or of a list of layers in YAML',
      });
    }
    const { readNetworkFile } = await import('@archon-dse/network-files/files');
    const options = { id: 'archon/file', dims: dims };
    return (await readNetworkFile(path, batch === 0 ? options : { ...options, batch })).network;
  },
});

export default definePlugin({
  meta: { name: '@archon-dse/net-file', namespace: 'archon', version: '0.1.0', apiVersion: API_VERSION },
  networks: [file],
});
