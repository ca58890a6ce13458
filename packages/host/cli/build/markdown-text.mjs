/** Markdown as text for terminals: lines of at most 100 columns, tables in columns or, where they are too wide, as one paragraph a row. */
import { marked } from 'marked';
import { PAGE_COLUMNS, wrapText } from '../dist/terminal/format.js';
import { formatWrappedTable } from '../dist/terminal/table.js';

/**
 * @param linkText - what a link shows, by its text and target
 */
export function markdownText(markdown, linkText) {
  const inline = (tokens) => tokens.map((token) => inlineText(token, linkText, inline)).join('');
  return blocksText(marked.lexer(markdown), inline);
}

function inlineText(token, linkText, inline) {
  if (token.type === 'link') return linkText(inline(token.tokens), token.href);
  if (token.type === 'codespan') return `\`${token.text}\``;
  if (token.type === 'br') return '\n';
  if (token.type === 'html') return '';
  if (token.tokens !== undefined) return inline(token.tokens);
  return entities(token.text ?? token.raw);
}

function entities(text) {
  return text.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&quot;', '"').replaceAll('&amp;', '&');
}

function blocksText(tokens, inline, columns = PAGE_COLUMNS) {
  const texts = tokens.map((token) => blockText(token, inline, columns)).filter((text) => text !== '');
  return texts.join('\n\n');
}

const UNDERLINES = ['=', '-'];

function blockText(token, inline, columns) {
  const wrap = (text) => text.split('\n').map((line) => wrapText(line, columns)).join('\n'); // prettier-ignore
  const flowing = (tokens) => inline(tokens).replaceAll('\n', ' ');
  switch (token.type) {
    case 'heading': {
      const title = wrap(flowing(token.tokens));
      const line = UNDERLINES[token.depth - 1];
      return line === undefined
        ? title
        : `${title}\n${line.repeat(Math.max(...title.split('\n').map(({ length }) => length)))}`;
    }
    case 'paragraph':
    case 'text':
      return wrap(flowing(token.tokens ?? [token]));
    case 'code':
      return indent(token.text, '    ');
    case 'blockquote':
      return indent(blocksText(token.tokens, inline, columns - 2), '| ');
    case 'list':
      return token.items.map((item, index) => itemText(token, item, index, inline, columns)).join('\n');
    case 'table':
      return tableText(token, (cell) => flowing(cell.tokens), columns);
    default:
      return ''; // comments, rules, blank lines
  }
}

function itemText(list, item, index, inline, columns) {
  const mark = list.ordered ? `${(list.start || 1) + index}. ` : '- ';
  const text = blocksText(item.tokens, inline, columns - mark.length);
  return mark + indent(text, ' '.repeat(mark.length)).slice(mark.length);
}

function tableText({ header, rows }, textOf, columns) {
  const head = header.map(textOf);
  const cells = rows.map((row) => row.map(textOf));
  const table = formatWrappedTable(head, cells);
  if (table.split('\n').every((line) => line.length <= columns)) return table;
  const rowText = ([first, ...others]) => {
    const lines = others.map((text, index) => [head[index + 1], text].filter((part) => part !== '').join(': '));
    return [first, ...lines.map((line) => indent(wrapText(line, columns - 2), '  '))].join('\n');
  };
  return cells.map(rowText).join('\n');
}

function indent(text, by) {
  return text.split('\n').map((line) => (line === '' ? line.trimEnd() : by + line)).join('\n'); // prettier-ignore
}
