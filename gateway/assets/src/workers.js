// The editor asks for its workers by label; the build puts them beside this script.
const workers = {
  json: "/assets/json.worker.js",
  graphql: "/assets/graphql.worker.js",
};

globalThis.MonacoEnvironment = {
  getWorker: (_workerId, label) => new Worker(workers[label] ?? "/assets/editor.worker.js"),
};
