import { ArchonError, hintOf } from '@archon-dse/core';
import { holdsData, type Component } from '../architecture/component.js';
import { withRows } from '../architecture/storage.js';
import type { Notes } from '../input/notes.js';
import type { Sections } from '../input/sections.js';
import { readCompounds } from './compound.js';
import { ClassPrices, type Price } from './price-class.js';
import { readArt, readErt, type EnergyRow } from './tables.js';

/** Actions of a storage that Timeloop charges; of each access it charges the dearest of them. */
const STORAGE_ACTIONS = ['read', 'write', 'update'];
const IDLE = ['idle', 'leak'];

/** Prices the components of an architecture: by the ERT and ART of the files, else by their classes. Nothing is priced by a guess. */
export class LevelPrices {
  readonly classes: ClassPrices;
  private readonly ert: ReadonlyMap<string, EnergyRow> | undefined;
  private readonly art: ReadonlyMap<string, number> | undefined;
  private readonly notes: Notes;
  private readonly areas = new Map<Component, number>();

  constructor(sections: Sections, notes: Notes) {
    const [ert, art] = [sections.get('ERT'), sections.get('ART')];
    this.ert = ert && readErt(ert);
    this.art = art && readArt(art);
    this.classes = new ClassPrices(readCompounds(sections.all('components')));
    this.notes = notes;
  }

  /** Energy of one access of a storage, or of one operation of the arithmetic, in pJ. */
  energyPj(component: Component): number {
    const { energyPj, place } = this.energies(component);
    const isStorage = component.role === 'storage';
    const counted = [...energyPj].filter(([action]) =>
      isStorage ? STORAGE_ACTIONS.includes(action) : !IDLE.includes(action),
    );
    if (counted.length > 0) return Math.max(...counted.map(([, pj]) => pj));
    return place.fail(`${component.name} has no energy for ${isStorage ? 'reads and writes' : 'computing'}`, {
      expected: isStorage ? `one of the actions ${STORAGE_ACTIONS.join(', ')}` : 'an action such as compute',
    });
  }

  /** The same where a table or a class has it: a level that holds nothing needs none. */
  energyIfKnownPj(component: Component): number {
    return ifPriced(() => this.energyPj(component)) ?? 0;
  }

  /** Energy by action as the tables or the class have it, in pJ; nothing where neither has any. */
  actionsPj(component: Component): ReadonlyMap<string, number> | undefined {
    return ifPriced(() => this.energies(component).energyPj);
  }

  /** Energy that one instance leaks in a cycle, in pJ: the `leak` of its table in the ERT; our classes have none. */
  leakagePj({ name }: Component): number {
    return this.ert?.get(name)?.energyPj.get('leak') ?? 0;
  }

  /** Area of one instance in um2; 0 with a note where no table and no class has it. */
  areaUm2(component: Component): number {
    const known = this.areas.get(component);
    if (known !== undefined) return known;
    const area = this.art?.get(component.name) ?? this.classArea(component);
    this.areas.set(component, area);
    return area;
  }

  private classArea(component: Component): number {
    if (!holdsData(component)) return 0;
    try {
      return this.classPrice(component).areaUm2;
    } catch (error) {
      if (!(error instanceof ArchonError)) throw error;
      const message = `${component.name} has no area: no ART lists it, and ${error.message}`;
      this.notes.add(message, component.field.location);
      return 0;
    }
  }

  private energies(component: Component): {
    readonly energyPj: ReadonlyMap<string, number>;
    readonly place: EnergyRow['field'];
  } {
    const { name, field } = component;
    if (this.ert === undefined) return { energyPj: this.classPrice(component).energyPj, place: field };
    const row = this.ert.get(name);
    const names = [...this.ert.keys()];
    if (row === undefined)
      return field.fail(`the ERT has no table of ${name}`, {
        expected: `one of: ${names.join(', ')}`,
        ...hintOf(name, names),
      });
    return { energyPj: row.energyPj, place: row.field };
  }

  private classPrice(component: Component): Price {
    const { className, attributes, field, role } = component;
    return this.classes.price(className, role === 'storage' ? withRows(component) : attributes, field);
  }
}

/** What is found, or nothing where there is no price. */
function ifPriced<T>(find: () => T): T | undefined {
  try {
    return find();
  } catch (error) {
    if (!(error instanceof ArchonError)) throw error;
    return undefined;
  }
}
