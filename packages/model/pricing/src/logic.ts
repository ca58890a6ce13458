import type { LogicFigures } from './component-price.js';
import { ALADDIN_ANCHORS, type Unit } from './data/aladdin.js';

interface Anchor {
  readonly dynamicPj: number;
  readonly idlePj: number;
  readonly areaUm2: number;
}

/** Width of the anchors of all units but the register. */
const REFERENCE_BITS = 32;
/** Energy of a multiplication that reuses an operand, against one with two fresh operands. */
const REUSED_SHARE = 0.85;

/**
 * The anchor of a unit at a latency. Whole nanoseconds, rounded up; 7 to 10 ns take the 6 ns row and more than 10 ns the 10 ns row,
 * as the published tables do.
 */
function anchor(unit: Unit, latencyNs: number): Anchor {
  const whole = Math.ceil(latencyNs);
  const rowNs = whole > 10 ? 10 : Math.min(whole, 6);
  const row = ALADDIN_ANCHORS[unit].find(([ns]) => ns === rowNs);
  if (row === undefined) throw new RangeError(`no ${unit} of ${latencyNs} ns`);
  const [, dynamicPj, idlePj, areaUm2] = row;
  return { dynamicPj, idlePj, areaUm2 };
}

function scaled(unit: Unit, latencyNs: number, factor: number): Anchor {
  const { dynamicPj, idlePj, areaUm2 } = anchor(unit, latencyNs);
  return { dynamicPj: dynamicPj * factor, idlePj: idlePj * factor, areaUm2: areaUm2 * factor };
}

const adderAnchor = (bits: number, latencyNs: number): Anchor => scaled('adder', latencyNs, bits / REFERENCE_BITS);
const multiplierAnchor = (bits: number, latencyNs: number): Anchor =>
  scaled('multiplier', latencyNs, (bits / REFERENCE_BITS) ** 2);

/** Size and speed of a logic unit: whole bits, ns > 0. */
export interface LogicSize {
  readonly dataBits: number;
  readonly latencyNs: number;
}

export function adderFigures({ dataBits, latencyNs }: LogicSize): LogicFigures<'add' | 'idle'> {
  const { dynamicPj, idlePj, areaUm2 } = adderAnchor(dataBits, latencyNs);
  return { energyPj: { add: dynamicPj, idle: idlePj }, areaUm2, law: `adder x ${dataBits}/32 at ${latencyNs} ns` };
}

export function multiplierFigures({ dataBits, latencyNs }: LogicSize): LogicFigures {
  const { dynamicPj, idlePj, areaUm2 } = multiplierAnchor(dataBits, latencyNs);
  return {
    energyPj: { multiply: dynamicPj, reused: REUSED_SHARE * dynamicPj, gated: idlePj, idle: idlePj },
    areaUm2,
    law: `multiplier x (${dataBits}/32)^2 at ${latencyNs} ns`,
  };
}

/**
 * Multiplier and adder; a reused or gated multiplication still pays the whole addition. Operands narrower than the hardware use that part
 * of the multiplier's array of bit products, `a x b` of them for `a` and `b` bits, where it is built to leave the rest at rest.
 */
export function macFigures({ dataBits, latencyNs }: LogicSize): LogicFigures {
  const multiplier = multiplierAnchor(dataBits, latencyNs);
  const adder = adderAnchor(dataBits, latencyNs);
  return {
    energyPj: {
      compute: multiplier.dynamicPj + adder.dynamicPj,
      reused: REUSED_SHARE * multiplier.dynamicPj + adder.dynamicPj,
      gated: multiplier.idlePj + adder.dynamicPj,
      idle: multiplier.idlePj + adder.idlePj,
      accumulate: adder.dynamicPj,
      bitProduct: multiplier.dynamicPj / dataBits ** 2,
    },
    parts: ['bitProduct'],
    areaUm2: multiplier.areaUm2 + adder.areaUm2,
    law: `multiplier x (${dataBits}/32)^2 + adder x ${dataBits}/32 at ${latencyNs} ns`,
  };
}

export function comparatorFigures({ dataBits, latencyNs }: LogicSize): LogicFigures {
  const { dynamicPj, idlePj, areaUm2 } = scaled('comparator', latencyNs, dataBits / REFERENCE_BITS);
  return {
    energyPj: { compare: dynamicPj, idle: idlePj },
    areaUm2,
    law: `comparator x ${dataBits}/32 at ${latencyNs} ns`,
  };
}

export function counterFigures({ dataBits, latencyNs }: LogicSize): LogicFigures {
  const { dynamicPj, idlePj, areaUm2 } = scaled('counter', latencyNs, dataBits / REFERENCE_BITS);
  return { energyPj: { count: dynamicPj, idle: idlePj }, areaUm2, law: `counter x ${dataBits}/32 at ${latencyNs} ns` };
}

/** A mux, an AND or a decoder: one price whatever its width. */
export function bitwiseFigures({ latencyNs }: Pick<LogicSize, 'latencyNs'>): LogicFigures {
  const { dynamicPj, idlePj, areaUm2 } = anchor('bitwise', latencyNs);
  return { energyPj: { op: dynamicPj, idle: idlePj }, areaUm2, law: `bitwise, whatever its width, at ${latencyNs} ns` };
}

export function registerFigures({ dataBits, latencyNs }: LogicSize): LogicFigures {
  const { dynamicPj, idlePj, areaUm2 } = scaled('register', latencyNs, dataBits);
  return { energyPj: { access: dynamicPj, idle: idlePj }, areaUm2, law: `${dataBits} registers at ${latencyNs} ns` };
}

/** One word of registers and one comparator of log2(depth) bits (not rounded); the area counts one word only. */
export function fifoFigures({ dataBits, depth, latencyNs }: LogicSize & { readonly depth: number }): LogicFigures {
  const word = scaled('register', latencyNs, dataBits);
  const pointer = scaled('comparator', latencyNs, Math.log2(depth) / REFERENCE_BITS);
  return {
    energyPj: { access: word.dynamicPj + pointer.dynamicPj, idle: word.idlePj + pointer.idlePj },
    areaUm2: word.areaUm2 + pointer.areaUm2,
    law: `${dataBits} registers + comparator x log2(${depth})/32 at ${latencyNs} ns`,
  };
}

/** Size and speed of a register file: whole words and bits, ns > 0. */
export interface RegisterFileSize {
  readonly depthWords: number;
  readonly widthBits: number;
  readonly latencyNs: number;
}

/**
 * A fresh access: one word of registers, and an address comparator in each of the words. The area counts one word of storage, as the
 * published tables do.
 */
export function registerFileFigures({
  depthWords,
  widthBits,
  latencyNs,
}: RegisterFileSize): LogicFigures<'read' | 'write' | 'idle'> {
  const addressBits = Math.ceil(Math.log2(depthWords));
  const word = scaled('register', latencyNs, widthBits);
  const match = scaled('comparator', latencyNs, (depthWords * addressBits) / REFERENCE_BITS);
  const accessPj = word.dynamicPj + match.dynamicPj;
  return {
    energyPj: { read: accessPj, write: accessPj, idle: word.idlePj + match.idlePj },
    areaUm2: word.areaUm2 + match.areaUm2,
    law: `${widthBits} registers + ${depthWords} comparators x ${addressBits}/32 at ${latencyNs} ns`,
  };
}
