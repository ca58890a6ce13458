import { Attributes, attributesOf } from '../expression/attributes.js';
import type { Field } from '../input/field.js';
import { readClass, readName, type Component, type Listing } from './component.js';

const NODE_KEYS = ['name', 'version', 'attributes', 'local', 'subtree'];
const LOCAL_KEYS = ['name', 'class', 'subclass', 'attributes', 'required_actions', 'enabled'];

/**
 * Reads the tree of grammars v0.2 and v0.3: `subtree` inside `subtree`, each with its `local` components, outermost first.
 *
 * @param variables - attributes that stand for the whole file
 */
export function readTree(field: Field, variables: Attributes): Listing {
  field.only(NODE_KEYS);
  const components: Component[] = [];
  let [node, count, outer]: [Field, number, Attributes] = [field, 1, variables];
  for (let next = child(field); next !== undefined; next = child(next)) {
    node = next.only(NODE_KEYS);
    count *= readName(node.need('name')).count;
    outer = new Attributes(attributesOf(node.get('attributes')), outer);
    for (const local of node.get('local')?.items() ?? []) {
      components.push(readLocal(local, count, outer));
    }
  }
  return listingOf(components, node);
}

function child(node: Field): Field | undefined {
  const subtrees = node.get('subtree')?.items() ?? [];
  const second = subtrees[1];
  if (second !== undefined)
    second.refuse('a second subtree beside the first: our model has one path from the outermost level to the MACs');
  return subtrees[0];
}

function readLocal(field: Field, above: number, outer: Attributes): Component {
  field.only(LOCAL_KEYS);
  const { name, count } = readName(field.need('name'));
  const attributes = new Attributes(attributesOf(field.get('attributes')), outer);
  return {
    name,
    ...readClass(field),
    attributes,
    field,
    ...meshOf(field, attributes, attributes.integer('instances') ?? above * count),
  };
}

/** The mesh of all instances. Without `meshX` and `meshY` they stand in one row. */
export function meshOf(
  field: Field,
  attributes: Attributes,
  instances: number,
): Pick<Component, 'instances' | 'meshX' | 'meshY'> {
  const [x, y] = [attributes.integer('meshX'), attributes.integer('meshY')];
  const meshX = x ?? (y === undefined ? instances : instances / y);
  const meshY = y ?? instances / meshX;
  if (meshX * meshY !== instances || !Number.isInteger(meshX) || !Number.isInteger(meshY)) {
    const given = [x === undefined ? '' : `meshX ${x}`, y === undefined ? '' : `meshY ${y}`]
      .filter(Boolean)
      .join(' and ');
    field.fail(`${given} make no mesh of ${instances} instances`, { expected: `a mesh of ${instances} in all` });
  }
  return { instances, meshX, meshY };
}

/** The components with the arithmetic apart, which must be there once. */
export function listingOf(components: readonly Component[], at: Field): Listing {
  const [compute, second] = components.filter(({ role }) => role === 'compute');
  const storage = components.filter(({ role }) => role === 'storage');
  if (compute === undefined) {
    return at.fail('no component does arithmetic', { expected: 'one of a class such as intmac, innermost' });
  }
  if (second !== undefined)
    second.field.refuse(`${second.name} is a second arithmetic component beside ${compute.name}`);
  if (storage.length === 0)
    at.fail('no component stores anything', { expected: 'one or more of a class such as DRAM or SRAM' });
  return { storage, compute, others: components.filter(({ role }) => role === 'other') };
}
