import { hintOf } from '@archon-dse/core';
import { DATA_SPACES, type Architecture, type DataSpace, type Level } from '@archon-dse/loop-nest';
import { Attributes, attributesOf } from '../expression/attributes.js';
import type { Field } from '../input/field.js';
import type { Notes } from '../input/notes.js';
import type { Sections } from '../input/sections.js';
import { LevelPrices } from '../prices/level-prices.js';
import type { ClassPrices } from '../prices/price-class.js';
import { isComponent, type Component, type Listing, type Spread } from './component.js';
import { readFlat } from './flat.js';
import { readNodes } from './nodes.js';
import { checkAttributes, readStorage, type Storage } from './storage.js';
import { readTree } from './tree.js';

/** A level with what Timeloop's reports say of it beside what our model knows. */
export interface PlacedLevel {
  /** The name files use for it. */
  readonly name: string;
  readonly place: Component | Spread;
  readonly storage: Storage | undefined;
  /** Instances in hardware, and their mesh. */
  readonly instances: number;
  readonly meshX: number;
  readonly meshY: number;
  /** Mesh of the level inside it, for each instance of this one. */
  readonly fanoutX: number;
  readonly fanoutY: number;
}

/** An architecture as the files list it; data spaces come with the mapping or the constraints. */
export interface PlacedArchitecture {
  /** Outermost first. */
  readonly levels: readonly PlacedLevel[];
  readonly compute: Component;
  readonly prices: LevelPrices;
}

/**
 * Reads `architecture:` in any of Timeloop's grammars.
 *
 * @throws ArchonError ARCHON_TIMELOOP_INVALID, ARCHON_TIMELOOP_UNKNOWN_KEY, ARCHON_TIMELOOP_UNSUPPORTED
 */
export function readArchitecture(sections: Sections, notes: Notes): PlacedArchitecture {
  const prices = new LevelPrices(sections, notes);
  const { storage, compute, others } = listing(sections.need('architecture'), variablesOf(sections), notes);
  for (const other of others) checkOther(other, prices.classes, notes);
  checkAttributes(compute, prices.classes.attributesOf(compute.className));
  const meshes = meshesOf(storage, compute);
  const levels = storage.map((place, l): PlacedLevel => {
    const [own, inner] = [meshes[l], meshes[l + 1]] as [Mesh, Mesh];
    return {
      name: place.name,
      place,
      storage: isComponent(place) ? readStorage(place, prices.classes.attributesOf(place.className)) : undefined,
      instances: own.meshX * own.meshY,
      ...own,
      ...fanout(
        own,
        inner,
        place.name,
        l + 1 < storage.length ? (storage[l + 1]?.field ?? compute.field) : compute.field,
      ),
    };
  });
  return { levels, compute, prices };
}

function variablesOf(sections: Sections): Attributes {
  const own = [...attributesOf(sections.get('variables'))].filter(([key]) => key !== 'version');
  return new Attributes(new Map(own));
}

function listing(field: Field, variables: Attributes, notes: Notes): Listing {
  if (field.get('nodes') !== undefined) return readNodes(field, variables);
  return field.get('storage') === undefined ? readTree(field, variables) : readFlat(field, variables, notes);
}

/** Classes that Timeloop leaves out as it does any it does not know. */
const LEFT_OUT = ['wire'];
const NETWORKS = ['XY_NoC', 'Legacy', 'ReductionTree', 'SimpleMulticast'];

/** A component that neither stores nor computes is left out with a note; one that would cost energy, or that nobody knows, is refused. */
function checkOther({ name, className, field }: Component, classes: ClassPrices, notes: Notes): void {
  const at = field.get('class') ?? field;
  if (NETWORKS.includes(className)) at.refuse(`${name} is a network: energies of networks are not modelled`);
  const known = [...LEFT_OUT, ...classes.names()];
  if (!known.includes(className)) {
    at.fail(`nobody knows the class ${className} of ${name}`, {
      expected: 'a class of storage, of arithmetic or of a compound component',
      ...hintOf(className, known),
    });
  }
  notes.add(
    `${name} of class ${className} is no storage and no arithmetic: its accesses and area are not counted, as in Timeloop`,
    field.location,
  );
}

interface Mesh {
  readonly meshX: number;
  readonly meshY: number;
}

/** The meshes of all places and of the arithmetic. A spread is where its outer neighbour is: what is inside it has the larger mesh. */
function meshesOf(storage: Listing['storage'], compute: Component): readonly Mesh[] {
  let last: Mesh = { meshX: 1, meshY: 1 };
  const meshes = storage.map((place): Mesh => {
    if (!isComponent(place)) {
      const own = last;
      last = { meshX: own.meshX * place.meshX, meshY: own.meshY * place.meshY };
      return own;
    }
    last = { meshX: place.meshX, meshY: place.meshY };
    return last;
  });
  const { instances, attributes } = compute;
  const isPlain = attributes.value('meshX') === undefined && attributes.value('meshY') === undefined;
  // Arithmetic without a mesh of its own stands where the innermost storage does.
  const follows = isPlain && instances === last.meshX * last.meshY;
  return [...meshes, follows ? last : { meshX: compute.meshX, meshY: compute.meshY }];
}

function fanout(outer: Mesh, inner: Mesh, name: string, at: Field): Pick<PlacedLevel, 'fanoutX' | 'fanoutY'> {
  const [fanoutX, fanoutY] = [inner.meshX / outer.meshX, inner.meshY / outer.meshY];
  if (!Number.isInteger(fanoutX) || !Number.isInteger(fanoutY)) {
    at.fail(
      `a mesh of ${inner.meshX} x ${inner.meshY} instances does not divide among the ${outer.meshX} x ${outer.meshY} of ${name}`,
      {
        expected: 'meshX and meshY that are multiples of those of the level outside',
      },
    );
  }
  return { fanoutX, fanoutY };
}

/** Which data spaces each level keeps, outermost first. */
export type Keeps = readonly (readonly DataSpace[])[];

/** The architecture as our model has it. */
export function toArchitecture({ levels, compute, prices }: PlacedArchitecture, keeps: Keeps): Architecture {
  const components = [compute, ...levels.flatMap(({ place }) => (isComponent(place) ? [place] : []))];
  const leakage = components.reduce((sum, component) => sum + prices.leakagePj(component) * component.instances, 0);
  return {
    macs: compute.instances,
    macEnergyPj: prices.energyPj(compute),
    ...(leakage > 0 ? { leakagePjPerCycle: leakage } : {}),
    levels: levels.map((level, l) => toLevel(level, keeps[l] ?? DATA_SPACES, prices)),
  };
}

function toLevel(
  { name, place, storage, fanoutX, fanoutY }: PlacedLevel,
  keeps: readonly DataSpace[],
  prices: LevelPrices,
): Level {
  const { sizeWords, readBandwidth, writeBandwidth } = storage ?? {};
  return {
    name,
    keeps,
    ...(sizeWords === undefined ? {} : { sizeWords }),
    blockSize: storage?.blockSize ?? 1,
    ...(readBandwidth === undefined ? {} : { readBandwidth }),
    ...(writeBandwidth === undefined ? {} : { writeBandwidth }),
    accessEnergyPj: isComponent(place)
      ? keeps.length > 0
        ? prices.energyPj(place)
        : prices.energyIfKnownPj(place)
      : 0,
    meshX: fanoutX,
    meshY: fanoutY,
  };
}
