import type { CodegenConfig } from "@graphql-codegen/cli";

// Types of the whole graph, and a typed document for every operation in src/documents.
const config: CodegenConfig = {
  schema: "../../../schema/api.graphql",
  documents: "src/documents/*.graphql",
  generates: {
    "src/generated/graph.ts": {
      plugins: ["typescript", "typescript-operations", "typed-document-node"],
      config: {
        enumsAsTypes: true,
        skipTypename: true,
        immutableTypes: true,
        useTypeImports: true,
        scalars: { DateTime: "string", Decimal: "string", CurrencyCode: "string", Int64: "number" },
      },
    },
  },
};

export default config;
