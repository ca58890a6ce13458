import { fillOf, readNest, type LayerExplanation, type LayerRecord, type NestLevel } from '@archon-dse/core';
import type { ExplainedPoint } from './explained-point.js';

/** Energy of one component, of one data space where the model tells, as a share of its layer. */
export interface EnergyPart {
  readonly component: string;
  readonly dataSpace?: string;
  readonly energyPj: number;
  readonly share: number;
}

/** A layer of the record, or one that cannot run, with what its accelerator tells of it. */
export interface ExplainedLayer extends Omit<LayerExplanation, 'name'> {
  readonly name: string;
  readonly record?: LayerRecord;
  /** Most first. */
  readonly energy: readonly EnergyPart[];
  /** Outermost level first; absent where there is no mapping, or one in another notation. */
  readonly nest?: readonly (NestLevel & { readonly fill?: number })[];
}

/** Layers in the order of the network: those of the record, or those that the accelerator explains where nothing ran. */
export function explainedLayers({
  evaluation,
  explanations,
  refusals,
}: ExplainedPoint['explanation']): readonly ExplainedLayer[] {
  const told = new Map(explanations.map((explanation) => [explanation.name, explanation]));
  if (evaluation !== undefined) {
    // What is told is about a whole layer, so not about one phase of it.
    return evaluation.layers.map((record) =>
      explained(record.name, record.phase === undefined ? told.get(record.name) : undefined, record),
    );
  }
  const refused = refusals
    .filter(({ name }) => told.get(name)?.noMapping === undefined)
    .map(({ name, reason }) => explained(name, { name, noMapping: { cause: 'unsupported', message: reason } }));
  const others = explanations.filter(({ name }) => !refused.some((layer) => layer.name === name));
  return [...refused, ...others.map((explanation) => explained(explanation.name, explanation))];
}

function explained(name: string, told: LayerExplanation | undefined, record?: LayerRecord): ExplainedLayer {
  const nest = record?.mapping === undefined ? undefined : readNest(record.mapping, record.tiles);
  const drawn = nest?.map((level) => {
    const fill = fillOf(level);
    return fill === undefined ? level : { ...level, fill };
  });
  return {
    ...told,
    name,
    ...(record === undefined ? {} : { record }),
    energy: record === undefined ? [] : energyParts(record),
    ...(drawn === undefined ? {} : { nest: drawn }),
  };
}

/** Data spaces where a component is split into them, else the component. */
function energyParts({ energyByComponentPj, energyPj: total }: LayerRecord): readonly EnergyPart[] {
  const names = Object.keys(energyByComponentPj);
  const isSplit = (name: string): boolean => names.some((other) => other.startsWith(`${name}/`));
  return names
    .filter((name) => !isSplit(name))
    .map((name): EnergyPart => {
      const [component = name, dataSpace] = name.split('/');
      const energyPj = energyByComponentPj[name] ?? 0;
      const share = total === 0 ? 0 : energyPj / total;
      return { component, ...(dataSpace === undefined ? {} : { dataSpace }), energyPj, share };
    })
    .filter(({ energyPj }) => energyPj > 0)
    .sort((a, b) => b.energyPj - a.energyPj);
}
