import { mapYaml } from './map-yaml.js';
import { nestText } from './nest.js';
import type { Report } from './report.js';
import { statsText } from './stats-text.js';
import { statsXml } from './stats-xml.js';
import { artYaml, ertYaml } from './tables-yaml.js';

/**
 * The files that Timeloop's users' scripts read, by name. `map.yaml` is left out where directives cannot say the mapping.
 *
 * @param prefix - `timeloop-model` or `timeloop-mapper`, which the names begin with
 */
export function outputFiles(report: Report, prefix: string): ReadonlyMap<string, string> {
  const yaml = mapYaml(report);
  return new Map([
    [`${prefix}.stats.txt`, statsText(report)],
    [`${prefix}.map.txt`, nestText(report)],
    ...(yaml === undefined ? [] : [[`${prefix}.map.yaml`, yaml] as const]),
    [`${prefix}.map+stats.xml`, statsXml(report)],
    [`${prefix}.ERT.yaml`, ertYaml(report.design)],
    [`${prefix}.ART.yaml`, artYaml(report.design)],
  ]);
}
