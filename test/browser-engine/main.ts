import { Registry, type EvaluationRecord, type Point } from '@archon-dse/core';
import { anyPlatform, createContext, jobOf, recordPoint, type Contents } from '@archon-dse/engine';
import accelArchon from '@archon-dse/accel-archon';
import accelDense from '@archon-dse/accel-dense';
import accelSparse from '@archon-dse/accel-sparse';
import netFusionet from '@archon-dse/net-fusionet';
import netMnasnet from '@archon-dse/net-mnasnet';
import netMobilenetv2 from '@archon-dse/net-mobilenetv2';
import netShufflenet from '@archon-dse/net-shufflenet';
import { sha256 } from '@noble/hashes/sha2.js';
import { bytesToHex, utf8ToBytes } from '@noble/hashes/utils.js';

/** What {@link evaluate} is given and answers, so that it can stand in a page. */
export interface Task {
  readonly program: string;
  readonly contents: Contents;
  readonly points: readonly Point[];
}

const registry = new Registry([
  accelArchon,
  accelDense,
  accelSparse,
  netFusionet,
  netMnasnet,
  netMobilenetv2,
  netShufflenet,
]);

/** The records of points, as JSON: all of a record but its timing. */
export async function evaluate({ program, contents, points }: Task): Promise<string> {
  const platform = anyPlatform({ program, sha256: (text) => bytesToHex(sha256(utf8ToBytes(text))) });
  const context = createContext(registry, platform, { contents });
  const records: Omit<EvaluationRecord, 'timing'>[] = [];
  for (const point of points) records.push((await recordPoint(jobOf(point, context), context)).record);
  return JSON.stringify(records);
}
