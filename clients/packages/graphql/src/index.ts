// Everything a client needs to speak to the graph: typed documents of the shopping journey, and the types of the schema.
export * from "./generated/graph.ts";
