import { ArchonError, hintOf, type Component } from '@archon-dse/core';
import { priceComponents } from '@archon-dse/pricing';
import { Attributes } from '../expression/attributes.js';
import type { Field } from '../input/field.js';
import { countOf, partName, type CompoundClass, type Part } from './compound.js';
import { PRIMITIVES, type Primitive } from './primitives.js';

/** Energy of each action in pJ, and area of one instance in um2. */
export interface Price {
  readonly energyPj: ReadonlyMap<string, number>;
  readonly areaUm2: number;
}

/** Compound classes inside each other that are followed. */
const DEEPEST = 16;

/** Actions without which no energy is counted: what happens in cycles without work. */
const IDLE = ['idle', 'leak'];

/** Prices components by the compound classes of the files and, where these end, by our component classes. */
export class ClassPrices {
  private readonly compounds: ReadonlyMap<string, CompoundClass>;

  constructor(compounds: ReadonlyMap<string, CompoundClass>) {
    this.compounds = compounds;
  }

  /** Names of attributes that the price of a class uses. */
  attributesOf(className: string): readonly string[] {
    const compound = this.compounds.get(className);
    return compound ? [...compound.attributes.keys()] : Object.values(primitive(className)?.attributes ?? {}).flat();
  }

  /** All classes that have a price. */
  names(): readonly string[] {
    return [...this.compounds.keys(), ...Object.keys(PRIMITIVES)];
  }

  has(className: string): boolean {
    return this.compounds.has(className) || primitive(className) !== undefined;
  }

  /**
   * @param at - the component in its file, for mistakes
   * @throws ArchonError ARCHON_TIMELOOP_UNSUPPORTED for a class nobody prices; ARCHON_TIMELOOP_INVALID for attributes that cannot be
   */
  price(className: string, attributes: Attributes, at: Field, depth = 0): Price {
    const compound = this.compounds.get(className);
    if (compound === undefined) return pricePrimitive(this.primitive(className, at), attributes, at);
    if (depth === DEEPEST)
      at.fail(`the class ${className} is made of itself`, { expected: 'classes that end in primitive ones' });
    const own = new Attributes(new Map([...compound.attributes, ...attributes.all()]));
    const parts = compound.parts.map((part) => {
      const inner = new Attributes(evaluated(part, own));
      return { part, price: this.price(part.className, inner, part.field, depth + 1), count: countOf(part.range, own) };
    });
    const area = parts.reduce(
      (sum, { part, price, count }) => sum + price.areaUm2 * count * scale(part.areaScale, own),
      0,
    );
    const actions = compound.actions.filter(({ name }) => !IDLE.includes(name));
    const energies = actions.map((action) => {
      const energy = action.parts.reduce((sum, asked) => {
        const wanted = partName(asked.name);
        const found = parts.find(({ part }) => part.name === wanted);
        const names = parts.map(({ part }) => part.name);
        if (found === undefined)
          return asked.name.fail(`${className} has no part ${wanted}`, {
            expected: `one of: ${names.join(', ')}`,
            ...hintOf(wanted, names),
          });
        const each = asked.actions.reduce((total, one) => total + actionEnergy(one, found.price, own), 0);
        return sum + each * countOf(asked.name, own);
      }, 0);
      return [action.name, round3(energy)] as const;
    });
    return { energyPj: new Map(energies), areaUm2: round3(area) };
  }

  private primitive(className: string, at: Field): Primitive {
    const names = this.names();
    return (
      primitive(className) ??
      at.fail(
        `no price is known for the class ${className}`,
        {
          expected: `an ERT file, a compound component, or one of: ${Object.keys(PRIMITIVES).join(', ')}`,
          ...hintOf(className, names),
        },
        'ARCHON_TIMELOOP_UNSUPPORTED',
      )
    );
  }
}

function primitive(className: string): Primitive | undefined {
  return Object.hasOwn(PRIMITIVES, className) ? PRIMITIVES[className] : undefined;
}

/** A part's attributes are expressions of those of the class; it inherits the technology alone. */
function evaluated(part: Part, own: Attributes): ReadonlyMap<string, Field> {
  const technology = own.field('technology');
  const given = new Map([
    ...(technology === undefined ? [] : [['technology', technology] as const]),
    ...part.attributes,
  ]);
  return new Map([...given].map(([name, field]) => [name, field.become(own.evaluate(field))]));
}

function scale(field: Field | undefined, own: Attributes): number {
  if (field === undefined) return 1;
  const value = own.evaluate(field);
  if (typeof value === 'number' && value >= 0) return value;
  return field.fail(`${field.name} is ${String(value)}`, { expected: 'a number of 0 or more' });
}

function actionEnergy(action: Field, price: Price, own: Attributes): number {
  const name = action.need('name').text();
  if (IDLE.includes(name)) return (price.energyPj.get('idle') ?? 0) * (name === 'idle' ? 1 : 0);
  const energy = price.energyPj.get(name);
  const known = [...price.energyPj.keys()];
  if (energy === undefined)
    return action.fail(`no energy is known for the action ${name}`, {
      expected: `one of: ${known.join(', ')}`,
      ...hintOf(name, known),
    });
  return energy * scale(action.get('energy_scale', 'action_share', 'repeat'), own);
}

function pricePrimitive(
  { class: ours, attributes, defaults, actions }: Primitive,
  given: Attributes,
  at: Field,
): Price {
  const entries = Object.entries(attributes).flatMap(([name, names]) => {
    const found = names.map((each) => given.value(each)).find((value) => value !== undefined) ?? defaults?.[name];
    return found === undefined ? [] : [[name, inUnits(name, found)] as const];
  });
  const component: Component = { name: ours, class: ours, attributes: Object.fromEntries(entries), instances: 1 };
  try {
    const { ert, art } = priceComponents([component]);
    const prices = Object.entries(actions).flatMap(([theirs, action]) => {
      const row = ert[ours]?.[action];
      return row === undefined ? [] : [[theirs, row.value] as const];
    });
    return { energyPj: new Map(prices), areaUm2: art[ours]?.value ?? 0 };
  } catch (error) {
    if (!(error instanceof ArchonError)) throw error;
    const [first] = error.diagnostics;
    return at.fail(`the component cannot be priced: ${first?.message ?? ''}`, {
      ...(first?.expected === undefined ? {} : { expected: first.expected }),
    });
  }
}

/** `45nm` and 45 are a node, `5ns` is 5. */
function inUnits(name: string, value: string | number): string | number {
  if (name === 'technology') return typeof value === 'number' ? `${value}nm` : value;
  return name === 'latencyNs' && typeof value === 'string' ? Number(/^([\d.]+) ?ns$/.exec(value)?.[1] ?? NaN) : value;
}

/** Accelergy writes its tables with three decimals. */
const round3 = (value: number): number => Number(value.toFixed(3));
