// Follows an order until it has ended, over WebSocket (graphql-transport-ws) or over SSE:
//
//   npm run follow-order -- ORDER_ID [ws|sse]
//
// GATEWAY_URL names the gateway (default http://127.0.0.1:4000), ACCESS_TOKEN the token of the account whose order it is; a guest's
// order needs none.

import { createClient as createSseClient } from "graphql-sse";
import { createClient as createWsClient } from "graphql-ws";
import WebSocket from "ws";

const [orderId, transport = "ws"] = process.argv.slice(2);
if (!orderId || !["ws", "sse"].includes(transport)) {
  console.error("usage: npm run follow-order -- ORDER_ID [ws|sse]");
  process.exit(2);
}

const gateway = (process.env.GATEWAY_URL ?? "http://127.0.0.1:4000").replace(/\/$/, "");
const headers = process.env.ACCESS_TOKEN ? { authorization: `Bearer ${process.env.ACCESS_TOKEN}` } : {};
const client =
  transport === "ws"
    ? createWsClient({ url: `${gateway.replace(/^http/, "ws")}/graphql`, webSocketImpl: WebSocket, connectionParams: headers })
    : createSseClient({ url: `${gateway}/graphql`, headers });

const query = `subscription ($orderId: ID!) {
  orderStatusChanged(orderId: $orderId) { number status paymentStatus stockStatus reason paymentActionUrl }
}`;

let known = false;
for await (const { data, errors } of client.iterate({ query, variables: { orderId } })) {
  if (errors) {
    console.error(errors.map((error) => error.message).join("\n"));
    process.exit(1);
  }
  known = true;
  const order = data.orderStatusChanged;
  console.log(`${order.number}  ${order.status}  payment ${order.paymentStatus}, stock ${order.stockStatus}  ${order.reason ?? ""}`);
  if (["CONFIRMED", "REJECTED", "CANCELLED"].includes(order.status)) break;
}
client.dispose?.();
if (!known) {
  console.error("there is no such order, or it is another account's: set ACCESS_TOKEN");
  process.exit(1);
}
