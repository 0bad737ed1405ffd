// The authorization directives of federation: taking them out for routers that refuse them, and proving that composition kept them.

import { parse, visit } from "graphql";

const DIRECTIVES = new Set(["authenticated", "requiresScopes", "policy"]);
const isImport = (value) => DIRECTIVES.has((value.value ?? "").replace(/^@/, ""));

/** A copy of the document in which no authorization directive is imported, defined or applied. */
export function withoutAuthorization(document) {
  return visit(document, {
    DirectiveDefinition: (node) => (DIRECTIVES.has(node.name.value) ? null : undefined),
    Directive(node) {
      if (DIRECTIVES.has(node.name.value)) return null;
      if (node.name.value !== "link") return undefined;
      return { ...node, arguments: node.arguments.map(withoutImports) };
    },
  });
}

function withoutImports(argument) {
  if (argument.name.value !== "import" || argument.value.kind !== "ListValue") return argument;
  return { ...argument, value: { ...argument.value, values: argument.value.values.filter((value) => !isImport(value)) } };
}

/** Every `Type.field @directive` that a subgraph asks for and the supergraph does not carry. */
export function missingProtections(services, supergraphSdl) {
  const kept = protections(parse(supergraphSdl));
  return services.flatMap(({ name, typeDefs }) =>
    [...protections(typeDefs)].filter((place) => !kept.has(place)).map((place) => `${place} (subgraph ${name})`),
  );
}

function protections(document) {
  const places = new Set();
  const note = (place, node) => {
    for (const directive of node.directives ?? []) {
      if (DIRECTIVES.has(directive.name.value)) places.add(`${place} @${directive.name.value}`);
    }
  };
  for (const definition of document.definitions) {
    if (!definition.name || definition.kind === "DirectiveDefinition") continue;
    note(definition.name.value, definition);
    for (const field of definition.fields ?? []) note(`${definition.name.value}.${field.name.value}`, field);
  }
  return places;
}
