import { stringify } from 'yaml';
import { isComponent, type Component } from '../architecture/component.js';
import type { TimeloopDesign } from '../read-files.js';

const VERSION = 0.3;

/** The energies the evaluation used, as an ERT that Timeloop and this package read; pJ by component and action. */
export function ertYaml(design: TimeloopDesign): string {
  const { prices } = design.placed;
  const tables = componentsOf(design).flatMap((component) => {
    const actions = prices.actionsPj(component);
    if (actions === undefined) return [];
    const rows = [...actions].map(([name, energy]) => ({ name, arguments: null, energy }));
    return [{ name: component.name, actions: rows }];
  });
  return stringify({ ERT: { version: VERSION, tables } });
}

/** The areas of the hardware as an ART; um2 of one instance. */
export function artYaml(design: TimeloopDesign): string {
  const { prices } = design.placed;
  const tables = componentsOf(design).map((component) => ({ name: component.name, area: prices.areaUm2(component) }));
  return stringify({ ART: { version: VERSION, tables } });
}

function componentsOf({ placed: { levels, compute } }: TimeloopDesign): readonly Component[] {
  return [compute, ...levels.flatMap(({ place }) => (isComponent(place) ? [place] : []))];
}
