import assert from "node:assert/strict";
import { test } from "node:test";
import { composeServices } from "@theguild/federation-composition";
import { parse, print } from "graphql";
import { missingProtections, withoutAuthorization } from "./authorization.mjs";

const subgraph = (imports) => ({
  name: "orders",
  url: "http://127.0.0.1:4005/graphql",
  typeDefs: parse(`
    extend schema @link(url: "https://specs.apollo.dev/federation/v2.9", import: ${JSON.stringify(imports)})
    type Query { order(id: ID!): Order @authenticated  ping: String }
    type Order @key(fields: "id") { id: ID!  margin: Int @requiresScopes(scopes: [["orders:read"]]) }
  `),
});

test("an imported directive survives composition", () => {
  const service = subgraph(["@key", "@authenticated", "@requiresScopes"]);
  assert.deepEqual(missingProtections([service], composeServices([service]).supergraphSdl), []);
});

test("a protection that the supergraph does not carry is reported with its place", () => {
  const service = subgraph(["@key", "@authenticated", "@requiresScopes"]);
  const open = composeServices([{ ...service, typeDefs: withoutAuthorization(service.typeDefs) }]);
  assert.deepEqual(missingProtections([service], open.supergraphSdl), [
    "Query.order @authenticated (subgraph orders)",
    "Order.margin @requiresScopes (subgraph orders)",
  ]);
});

test("taking authorization out leaves every type and the other imports", () => {
  const text = print(withoutAuthorization(subgraph(["@key", "@authenticated", "@requiresScopes"]).typeDefs));
  assert.match(text, /import: \["@key"\]/);
  assert.match(text, /margin: Int\n/);
  assert.doesNotMatch(text, /authenticated|requiresScopes/);
});
