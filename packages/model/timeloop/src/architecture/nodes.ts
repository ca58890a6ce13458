import { Attributes, attributesOf } from '../expression/attributes.js';
import type { Field } from '../input/field.js';
import { isComponent, readClass, readName, type Component, type Listing, type Spread } from './component.js';
import { listingOf } from './tree.js';

const KEYS: Readonly<Record<string, readonly string[]>> = {
  '!Container': ['name', 'attributes', 'spatial', 'constraints'],
  '!Component': ['name', 'class', 'subclass', 'attributes', 'spatial', 'constraints', 'required_actions'],
  '!Parallel': ['nodes'],
  '!Hierarchical': ['nodes', 'attributes'],
};

/**
 * Reads the nodes of grammar v0.4, outermost first. Each `spatial` larger than one is a level of its own that spreads what is inside it
 * and holds nothing.
 *
 * @param variables - attributes that stand for the whole file
 */
export function readNodes(field: Field, variables: Attributes): Listing {
  field.only(['version', 'nodes']);
  const walk = new Walk(variables);
  walk.through(field.need('nodes').items());
  const components = walk.places.filter(isComponent);
  const { compute, others } = listingOf(components, field.need('nodes'));
  return { storage: walk.places.filter((place) => !isComponent(place) || place.role === 'storage'), compute, others };
}

/** Goes through nodes, with what the containers so far bring with them. */
class Walk {
  readonly places: (Component | Spread)[] = [];
  private attributes: Attributes;
  private meshX = 1;
  private meshY = 1;

  constructor(variables: Attributes) {
    this.attributes = variables;
  }

  through(nodes: readonly Field[]): void {
    for (const node of nodes) {
      const { tag } = node.node;
      if (tag === '!Pipelined' || tag === '!Nothing') node.refuse(`${tag} has no meaning in our model`);
      const keys =
        KEYS[tag ?? ''] ?? node.fail('a node has no tag', { expected: `one of: ${Object.keys(KEYS).join(', ')}` });
      node.only(keys);
      if (tag === '!Component') this.component(node);
      else if (tag === '!Container') this.container(node);
      else this.inside(node, tag === '!Parallel');
    }
  }

  private inside(node: Field, isParallel: boolean): void {
    const nodes = node.need('nodes').items();
    const spread = isParallel ? nodes.find((each) => each.get('spatial') !== undefined) : undefined;
    spread?.refuse('a spatial node beside others: our model has one path from the outermost level to the MACs');
    const outer = this.attributes;
    this.attributes = new Attributes(attributesOf(node.get('attributes')), outer);
    this.through(nodes);
    this.attributes = outer;
  }

  private container(node: Field): void {
    this.attributes = new Attributes(attributesOf(node.get('attributes')), this.attributes);
    this.spread(node, this.attributes);
  }

  private component(node: Field): void {
    const { name, count } = readName(node.need('name'));
    if (count > 1) node.refuse(`${name} is ${count} components`, 'Say it with spatial: { meshX: ... }.');
    const attributes = new Attributes(attributesOf(node.get('attributes')), this.attributes);
    this.spread(node, attributes);
    const instances = this.meshX * this.meshY;
    const component: Component = {
      name,
      ...readClass(node),
      attributes,
      instances,
      meshX: this.meshX,
      meshY: this.meshY,
      field: node,
      constraints: node.get('constraints'),
    };
    this.places.push(component);
  }

  private spread(node: Field, attributes: Attributes): void {
    const spatial = node.get('spatial')?.only(['meshX', 'meshY']);
    const along = (axis: 'meshX' | 'meshY'): number => sizeOf(spatial?.get(axis), attributes);
    const [meshX, meshY] = [along('meshX'), along('meshY')];
    if (meshX * meshY === 1) return;
    this.meshX *= meshX;
    this.meshY *= meshY;
    const { name } = readName(node.need('name'));
    this.places.push({ name, meshX, meshY, field: node, constraints: node.get('constraints') });
  }
}

function sizeOf(field: Field | undefined, attributes: Attributes): number {
  if (field === undefined) return 1;
  const value = attributes.evaluate(field);
  if (typeof value === 'number' && Number.isSafeInteger(value) && value >= 1) return value;
  return field.fail(`${field.name} is ${String(value)}`, { expected: 'a whole number of 1 or more' });
}
