import type { ConvShape } from '../conv-shape.js';

/** What was measured on the chip. Times in ms of processing, without loading; accesses in MB of 2^20 bytes, for the whole batch. */
export interface MeasuredLayer {
  readonly name: string;
  readonly shape: ConvShape;
  readonly processingMs: number;
  readonly activePes: number;
  readonly glbMb: number;
  readonly dramMb: number;
}

/**
 * Row-stationary mapping of a layer on the chip: m filters and n images in the global buffer, e columns of the output plane at a time,
 * p filters and q channels in a PE, r and t PE sets of different channels and filters.
 */
export interface ChipMapping {
  readonly m: number;
  readonly n: number;
  readonly e: number;
  readonly p: number;
  readonly q: number;
  readonly r: number;
  readonly t: number;
}

export const EYERISS_SOURCE = 'Y.-H. Chen et al., Eyeriss, IEEE JSSC 52(1), 2017: 65 nm chip at 200 MHz, 12 x 14 PEs';

/** Core clock of the measurements, cycles a ms. */
export const CYCLES_A_MS = 200_000;

type Row = readonly [name: string, shape: ConvShape, ...figures: readonly [number, number, number, number]];

const measured = ([name, shape, ...figures]: Row): MeasuredLayer => {
  const [processingMs, activePes, glbMb, dramMb] = figures;
  return { name, shape, processingMs, activePes, glbMb, dramMb };
};

const alexNet = (C: number, M: number, kernel: number, plane: number, groups: number): ConvShape => {
  return { C, M, kernel, plane, stride: 1, batch: 4, groups };
};

const vgg = (C: number, M: number, plane: number): ConvShape => ({
  C,
  M,
  kernel: 3,
  plane,
  stride: 1,
  batch: 3,
  groups: 1,
});

/**
 * AlexNet, batch of 4.
 *
 * @source Chen et al., Eyeriss, JSSC 52(1) 2017, table V
 */
export const EYERISS_ALEXNET: readonly MeasuredLayer[] = (
  [
    ['CONV1', { ...alexNet(3, 96, 11, 55, 1), stride: 4 }, 16.5, 154, 18.5, 5.0],
    ['CONV2', alexNet(48, 128, 5, 27, 2), 39.2, 135, 77.6, 4.0],
    ['CONV3', alexNet(256, 384, 3, 13, 1), 21.8, 156, 50.2, 3.0],
    ['CONV4', alexNet(192, 192, 3, 13, 2), 16.0, 156, 37.4, 2.1],
    ['CONV5', alexNet(192, 128, 3, 13, 2), 10.0, 156, 24.9, 1.3],
  ] satisfies readonly Row[]
).map(measured);

/**
 * Mapping parameters of AlexNet by layer, taken from a scan.
 *
 * @source Chen et al., Eyeriss, JSSC 52(1) 2017, table III
 */
export const EYERISS_ALEXNET_MAPPINGS: Readonly<Record<string, ChipMapping>> = {
  CONV1: { m: 96, n: 1, e: 7, p: 16, q: 1, r: 1, t: 2 },
  CONV2: { m: 64, n: 1, e: 27, p: 16, q: 2, r: 1, t: 1 },
  CONV3: { m: 64, n: 4, e: 13, p: 16, q: 4, r: 1, t: 4 },
  CONV4: { m: 64, n: 4, e: 13, p: 16, q: 3, r: 2, t: 2 },
  CONV5: { m: 64, n: 4, e: 13, p: 16, q: 3, r: 2, t: 2 },
};

/**
 * VGG-16, batch of 3.
 *
 * @source Chen et al., Eyeriss, JSSC 52(1) 2017, table VI
 */
export const EYERISS_VGG16: readonly MeasuredLayer[] = (
  [
    ['CONV1-1', vgg(3, 64, 224), 38.0, 156, 112.6, 15.4],
    ['CONV1-2', vgg(64, 64, 224), 810.6, 156, 2402.8, 54.0],
    ['CONV2-1', vgg(64, 128, 112), 405.3, 156, 1201.4, 33.4],
    ['CONV2-2', vgg(128, 128, 112), 810.8, 156, 2402.8, 48.5],
    ['CONV3-1', vgg(128, 256, 56), 204.0, 156, 607.4, 20.2],
    ['CONV3-2', vgg(256, 256, 56), 408.1, 156, 1214.8, 32.2],
    ['CONV3-3', vgg(256, 256, 56), 408.1, 156, 1214.8, 30.8],
    ['CONV4-1', vgg(256, 512, 28), 105.1, 168, 321.8, 17.8],
    ['CONV4-2', vgg(512, 512, 28), 210.0, 168, 643.7, 28.6],
    ['CONV4-3', vgg(512, 512, 28), 210.0, 168, 643.7, 22.8],
    ['CONV5-1', vgg(512, 512, 14), 48.3, 163, 90.0, 6.3],
    ['CONV5-2', vgg(512, 512, 14), 48.5, 168, 90.0, 5.7],
    ['CONV5-3', vgg(512, 512, 14), 48.5, 168, 90.0, 5.6],
  ] satisfies readonly Row[]
).map(measured);
