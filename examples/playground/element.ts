type Attributes = Readonly<Record<string, string | number | boolean | null | undefined>>;
export type Content = Node | string | null | undefined | readonly Content[];

/** An element with attributes and content; attributes that are null, undefined or false are left out. */
export function element<Tag extends keyof HTMLElementTagNameMap>(
  tag: Tag,
  attributes: Attributes = {},
  ...content: readonly Content[]
): HTMLElementTagNameMap[Tag] {
  const made = document.createElement(tag);
  for (const [name, value] of Object.entries(attributes)) {
    if (value === null || value === undefined || value === false) continue;
    made.setAttribute(name, value === true ? "" : String(value));
  }
  made.append(...nodesOf(content));
  return made;
}

/** Puts content in the place of what an element held. */
export function fill(target: Element, ...content: readonly Content[]): void {
  target.replaceChildren(...nodesOf(content));
}

/** The element of the page with an id. */
export function byId<Type extends HTMLElement = HTMLElement>(id: string): Type {
  const found = document.getElementById(id);
  if (found === null) throw new Error(`the page has no #${id}`);
  return found as Type;
}

function nodesOf(content: readonly Content[]): (Node | string)[] {
  return content.flatMap((each): (Node | string)[] => {
    if (each === null || each === undefined) return [];
    return isList(each) ? nodesOf(each) : [each];
  });
}

function isList(content: Content): content is readonly Content[] {
  return Array.isArray(content);
}
