import assert from "node:assert/strict";
import { existsSync, readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import Ajv from "ajv";

const schema = new URL("../../schema/", import.meta.url);
const document = JSON.parse(readFileSync(new URL("asyncapi.json", schema), "utf8"));

/** Every `$ref` below a value. */
function references(value) {
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([name, inner]) => (name === "$ref" ? [inner] : references(inner)));
}

function resolve(pointer) {
  return pointer.slice(2).split("/").reduce((value, part) => value?.[part], document);
}

function validator() {
  const specification = createRequire(import.meta.url)("@asyncapi/specs/schemas/3.0.0.json");
  // It brings the meta-schema of JSON Schema itself.
  const options = { meta: false, validateSchema: false, strict: false, validateFormats: false };
  return new Ajv(options).compile(specification);
}

test("the document is AsyncAPI 3.0", () => {
  const validate = validator();
  assert.ok(validate(document), JSON.stringify(validate.errors, null, 2));
});

test("a document that is none is found out", () => {
  const validate = validator();
  const [name] = Object.keys(document.operations);
  const broken = structuredClone(document);
  broken.operations[name].action = "shout";
  assert.equal(validate(broken), false);
});

test("every reference leads somewhere", () => {
  const all = references(document);
  assert.ok(all.length > 100, `${all.length} references`);
  for (const reference of all) {
    const found = reference.startsWith("#/") ? resolve(reference) : existsSync(new URL(reference, schema));
    assert.ok(found, `${reference} leads nowhere`);
  }
});

test("every event has one publisher", () => {
  for (const kind of Object.keys(document.channels)) {
    const sends = Object.values(document.operations).filter(
      (operation) => operation.action === "send" && operation.channel.$ref === `#/channels/${kind}`,
    );
    assert.equal(sends.length, 1, kind);
  }
});
