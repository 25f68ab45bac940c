// Builds elements without a framework. Text only ever becomes text nodes, so no text of a person or a bot can
// turn into markup.

/** @typedef {Node | string | null | undefined | false} Child */

/**
 * Creates an element. In `attributes` a function is an event listener (`onclick`), `true` an empty attribute,
 * `false`, `null` and `undefined` no attribute.
 * @template {keyof HTMLElementTagNameMap} Tag
 * @param {Tag} tag
 * @param {Record<string, unknown>} [attributes]
 * @param {...Child} children
 * @returns {HTMLElementTagNameMap[Tag]}
 */
export function element(tag, attributes = {}, ...children) {
  const node = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (typeof value === 'function')
      node.addEventListener(name.replace(/^on/, ''), /** @type {EventListener} */ (value));
    else if (value === true) node.setAttribute(name, '');
    else if (value !== false && value !== null && value !== undefined) node.setAttribute(name, String(value));
  }
  for (const child of children) if (child) node.append(child);
  return node;
}

const svgNamespace = 'http://www.w3.org/2000/svg';

/**
 * Creates an SVG element.
 * @param {string} tag
 * @param {Record<string, string | number>} [attributes]
 * @param {...Node} children
 */
export function svg(tag, attributes = {}, ...children) {
  const node = document.createElementNS(svgNamespace, tag);
  for (const [name, value] of Object.entries(attributes)) node.setAttribute(name, String(value));
  node.append(...children);
  return node;
}

/** Icons that point along the line, and so are mirrored in right-to-left pages. */
const directional = new Set(['reply', 'back', 'forward']);

/**
 * Returns one of the symbols at the top of index.html. It is hidden from screen readers: the button around it
 * has the name.
 * @param {string} name
 */
export function icon(name) {
  return svg(
    'svg',
    { class: directional.has(name) ? 'icon directional' : 'icon', 'aria-hidden': 'true' },
    svg('use', { href: `#icon-${name}` }),
  );
}

/**
 * Returns the element of index.html with this id.
 * @template {HTMLElement} [Kind=HTMLElement]
 * @param {string} id
 * @returns {Kind}
 */
export function byId(id) {
  const node = document.getElementById(id);
  if (!node) throw new Error(`index.html has no #${id}`);
  return /** @type {Kind} */ (node);
}
