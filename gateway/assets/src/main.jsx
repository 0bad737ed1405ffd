import "./workers.js";
import { createGraphiQLFetcher } from "@graphiql/toolkit";
import { GraphiQL } from "graphiql";
import { createClient } from "graphql-ws";
import { createRoot } from "react-dom/client";
import "graphiql/style.css";
import { exampleTabs } from "./examples.js";

const url = `${location.origin}/graphql`;
// Lazy: the socket opens with the first subscription. The headers pane reaches the gateway in `connection_init`,
// so a subscription is authorised with the same headers as a query.
const socketUrl = url.replace(/^http/, "ws");

const http = createGraphiQLFetcher({ url });

function fetcher(parameters, options) {
  const headers = options?.headers ?? {};
  const isSubscription = options?.documentAST?.definitions.some(
    (definition) =>
      definition.kind === "OperationDefinition" &&
      definition.operation === "subscription" &&
      (!parameters.operationName || definition.name?.value === parameters.operationName),
  );
  if (!isSubscription) return http(parameters, options);
  // One client per run, because the headers pane may have changed since the last one.
  const wsClient = createClient({ url: socketUrl, connectionParams: headers });
  return createGraphiQLFetcher({ url, wsClient })(parameters, options);
}

createRoot(document.getElementById("explorer")).render(
  <GraphiQL
    fetcher={fetcher}
    defaultTabs={exampleTabs}
    isHeadersEditorEnabled
    defaultEditorToolsVisibility="variables"
    inputValueDeprecation
  />,
);
