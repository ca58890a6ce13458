/** A node of XML: its name, attributes, and its text or nodes inside. */
export interface Xml {
  readonly name: string;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly content: string | readonly Xml[];
}

export function xml(name: string, content: string | number | readonly Xml[], attributes?: Xml['attributes']): Xml {
  return {
    name,
    content: typeof content === 'number' ? String(content) : content,
    ...(attributes ? { attributes } : {}),
  };
}

/** The lines of a node, indented by tabs. */
export function xmlLines({ name, attributes = {}, content }: Xml, depth = 0): readonly string[] {
  const tabs = '\t'.repeat(depth);
  const given = Object.entries(attributes).map(([key, value]) => ` ${key}="${escape(value)}"`);
  const open = `${tabs}<${name}${given.join('')}>`;
  if (typeof content === 'string') return [`${open}${escape(content)}</${name}>`];
  if (content.length === 0) return [`${open}</${name}>`];
  return [open, ...content.flatMap((inner) => xmlLines(inner, depth + 1)), `${tabs}</${name}>`];
}

function escape(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;').replaceAll('"', '&quot;');
}
