import {
  CHOICE_KINDS,
  type Constraint,
  type ChoiceKind,
  type Reference,
  type Refine,
  type Registry,
  type Sweep,
} from '@archon-dse/core';
import { readCandidate } from './candidates.js';
import { readDerivedMetrics } from './derived-metrics.js';
import { NO_FILES } from './documents.js';
import { checkExecutor, executorOf } from './executor.js';
import { checkGroupBy } from './group-by.js';
import { headOf, readDocument, type HeadText } from './head.js';
import { checkMetric, metricsOf, withDerived } from './metrics.js';
import { DEFAULT_SEED } from './grammar-parts.js';
import { entriesOf, itemsOf, numberOf, toJson, valueAt, type Node } from './nodes.js';
import { checkConstraints, readObjectives } from './objectives.js';
import { pick } from './pick.js';
import { checkSettings } from './refine.js';
import { readSearch, withBudget } from './search.js';
import { readWhereAcross } from './where-across.js';

/** What the grammar lets a sweep have beside entries and objectives. */
interface SweepText extends HeadText {
  readonly constants?: Readonly<Record<string, number>>;
  readonly constraints?: readonly Constraint[];
  readonly groupBy?: string;
  readonly refine?: Refine;
  readonly references?: readonly Reference[];
  readonly executor?: Sweep['executor'];
}

/**
 * Reads a sweep: ids resolved, defaults filled in, ranges expanded unless it searches. An option is in `options` or in `axes`, never in both.
 *
 * @param file - name for the locations
 * @param read - reads what options name as their documents, see {@link Documents}
 * @throws ArchonError with everything wrong with the text, by line, at most 20 diagnostics
 */
export function parseSweep(text: string, file: string, registry: Registry, read = NO_FILES): Sweep {
  const { root, problems } = readDocument(text, file, 'sweep', { registry, read });
  const searchNode = valueAt(root, 'search');
  const reading = { isSearched: searchNode !== undefined, constants: numbersIn(valueAt(root, 'constants')) };
  const readAll = (kind: ChoiceKind) =>
    itemsOf(valueAt(root, CHOICE_KINDS[kind])).map((item) => readCandidate(item, kind, registry, problems, reading));
  const candidates = { networks: readAll('network'), stages: readAll('stage'), accelerators: readAll('accelerator') };
  const measured = metricsOf(candidates, registry);
  const derived = readDerivedMetrics(root, { metrics: measured, candidates }, problems);
  const metrics = withDerived(measured, derived);
  const objectives = readObjectives(itemsOf(valueAt(root, 'objectives')), metrics, problems);
  checkConstraints(itemsOf(valueAt(root, 'constraints')), metrics, problems);
  for (const item of itemsOf(valueAt(root, 'references'))) checkMetric(valueAt(item, 'metric'), metrics, problems);
  checkGroupBy(valueAt(root, 'groupBy'), candidates, problems);
  checkSettings(valueAt(valueAt(root, 'refine'), 'set'), candidates, problems);
  const where = readWhereAcross(valueAt(root, 'where'), { candidates, constants: reading.constants }, problems);
  const search = readSearch(searchNode, numberOf(valueAt(root, 'seed')) ?? DEFAULT_SEED, registry, problems);
  checkExecutor(valueAt(root, 'executor'), problems);
  problems.throwIfAny();

  const given = toJson(root) as unknown as SweepText;
  const { constraints = [], refine, references } = given;
  return withBudget({
    ...headOf(given),
    networks: candidates.networks.map(({ candidate }) => candidate),
    stages: candidates.stages.map(({ candidate }) => candidate),
    accelerators: candidates.accelerators.map(({ candidate }) => candidate),
    ...(where.length > 0 ? { where } : {}),
    ...pick(given, 'constants'),
    ...(derived.length > 0 ? { metrics: derived } : {}),
    objectives,
    constraints: constraints.map((constraint) => pick(constraint, 'metric', 'min', 'max')),
    ...pick(given, 'groupBy'),
    ...(search ? { search } : {}),
    ...(refine ? { refine: pick(refine, 'top', 'set') } : {}),
    ...(references ? { references: references.map((one) => pick(one, 'metric', 'value', 'label', 'source')) } : {}),
    executor: executorOf(given.executor),
  });
}

function numbersIn(constants: Node | undefined): Readonly<Record<string, number>> {
  return Object.fromEntries(
    entriesOf(constants).flatMap(([name, { value }]) => {
      const number = numberOf(value);
      return number === undefined ? [] : [[name, number]];
    }),
  );
}
