import type { Field } from '../input/field.js';

/** Energy by action, in pJ, and where the table stands. */
export interface EnergyRow {
  readonly energyPj: ReadonlyMap<string, number>;
  readonly field: Field;
}

/**
 * Reads an ERT: for each component the largest energy of each action over its arguments, by the component's own name.
 *
 * @throws ArchonError ARCHON_TIMELOOP_INVALID, ARCHON_TIMELOOP_UNKNOWN_KEY
 */
export function readErt(field: Field): ReadonlyMap<string, EnergyRow> {
  return readTables(field, ['name', 'actions'], (table) => {
    const energyPj = new Map<string, number>();
    for (const action of table.need('actions').items()) {
      action.only(['name', 'arguments', 'energy']);
      const name = action.need('name').text();
      energyPj.set(name, Math.max(energyPj.get(name) ?? 0, action.need('energy').number()));
    }
    return { energyPj, field: table };
  });
}

/** Reads an ART: um2 of one instance of each component, by the component's own name. */
export function readArt(field: Field): ReadonlyMap<string, number> {
  return readTables(field, ['name', 'area'], (table) => table.need('area').number());
}

function readTables<T>(field: Field, keys: readonly string[], read: (table: Field) => T): ReadonlyMap<string, T> {
  field.only(['version', 'tables']);
  const rows = new Map<string, T>();
  for (const table of field.need('tables').items()) {
    table.only(keys);
    const name = ownName(table.need('name').text());
    if (rows.has(name)) table.fail(`two tables are of ${name}`, { expected: 'each component once' });
    rows.set(name, read(table));
  }
  return rows;
}

/** `system.chip.PE[0..71].mac[1..1]` is the component `mac`. */
function ownName(path: string): string {
  return (
    path
      .replaceAll(/\[[^\]]*\]/g, '')
      .split('.')
      .at(-1) ?? path
  );
}
