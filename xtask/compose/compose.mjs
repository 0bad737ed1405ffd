// Composes subgraph schemas into the supergraph.
//
//   node compose.mjs SUBGRAPHS_JSON SCHEMA_DIR
//
// SUBGRAPHS_JSON is [{ "name", "url" }]; the schemas are read from SCHEMA_DIR/subgraphs/NAME.graphql. Written beside them:
//   supergraph.graphql         what Hive Router serves
//   supergraph-apollo.graphql  the same without authorization directives: the Apollo Router refuses those without a licence
//   api.graphql                the public schema, for clients and their code generators

import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { composeServices } from "@theguild/federation-composition";
import { Kind, parse, specifiedDirectives } from "graphql";
import { missingProtections, withoutAuthorization } from "./authorization.mjs";

function fail(title, lines) {
  console.error(`${title}\n${lines.map((line) => `  - ${line}`).join("\n")}`);
  process.exit(1);
}

function compose(title, services) {
  const result = composeServices(services);
  if (result.errors?.length) {
    fail(`The subgraphs do not compose (${title}):`, result.errors.map(describe));
  }
  return result;
}

function describe(error) {
  const code = error.extensions?.code;
  return code ? `${code}: ${error.message}` : error.message;
}

// async-graphql prints definitions of the directives that GraphQL itself specifies. In a supergraph they are one definition
// too many, and the Apollo Router refuses it.
function withoutSpecified(document) {
  const specified = new Set(specifiedDirectives.map((directive) => directive.name));
  const isOurs = (node) => node.kind !== Kind.DIRECTIVE_DEFINITION || !specified.has(node.name.value);
  return { ...document, definitions: document.definitions.filter(isOurs) };
}

function load(schemaDir, { name, url }) {
  const file = join(schemaDir, "subgraphs", `${name}.graphql`);
  try {
    return { name, url, typeDefs: withoutSpecified(parse(readFileSync(file, "utf8"))) };
  } catch (error) {
    return fail(`${file} is not a readable GraphQL document:`, [error.message]);
  }
}

const [subgraphsJson, schemaDir] = process.argv.slice(2);
if (!subgraphsJson || !schemaDir) {
  fail("usage: node compose.mjs SUBGRAPHS_JSON SCHEMA_DIR", []);
}

const services = JSON.parse(readFileSync(subgraphsJson, "utf8")).map((subgraph) => load(schemaDir, subgraph));

const full = compose("supergraph", services);
const lost = missingProtections(services, full.supergraphSdl);
if (lost.length) {
  fail("Composition lost these authorization directives, so the fields would be open at the gateway (are they in @link's import list?):", lost);
}

const apollo = compose(
  "supergraph-apollo",
  services.map((service) => ({ ...service, typeDefs: withoutAuthorization(service.typeDefs) })),
);

const write = (name, text) => writeFileSync(join(schemaDir, name), `${text.trimEnd()}\n`);
write("supergraph.graphql", full.supergraphSdl);
write("supergraph-apollo.graphql", apollo.supergraphSdl);
write("api.graphql", full.publicSdl);
